package io.countersign.command.identity;

import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.SubjectId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Knows which random subject id stands for whom. All nodes agree: who meets somebody first makes
 * the subject, under one lock of the database. When an identity tells aliases of several subjects,
 * the strongest decides and the conflict is written down; subjects are never merged.
 */
public final class IdentityDirectory {

  /** The directory's own schema. */
  public static final Schema SCHEMA = new Schema("identity", "db/identity");

  private static final int SETTLED = 10_000;

  private final DataSource dataSource;
  private final AliasHash hash;
  private final InstantSource clock;
  private final Supplier<UUID> newSubjects;
  private final SettledAliases settled = new SettledAliases(SETTLED);

  /**
   * A directory.
   *
   * @param newSubjects random ids for people never met
   */
  public IdentityDirectory(
      DataSource dataSource, KeyRing keys, InstantSource clock, Supplier<UUID> newSubjects) {
    this.dataSource = dataSource;
    this.hash = new AliasHash(keys);
    this.clock = clock;
    this.newSubjects = newSubjects;
  }

  /**
   * The subjects of identities, made where they are new; committed when this returns.
   *
   * @throws SQLException when the database does not answer: it may work later
   */
  public Map<SourceIdentity, SubjectId> resolve(Collection<SourceIdentity> identities)
      throws SQLException {
    Map<SourceIdentity, List<Alias>> told = new LinkedHashMap<>();
    identities.forEach(identity -> told.put(identity, hash.aliases(identity)));
    Map<SourceIdentity, SubjectId> met = new HashMap<>();
    told.entrySet()
        .removeIf(
            entry -> {
              SubjectId subject = settled.get(entry.getValue());
              return subject != null && met.put(entry.getKey(), subject) == null;
            });
    if (!told.isEmpty()) {
      Map<SourceIdentity, SubjectId> found = lookUp(told);
      told.forEach(
          (identity, aliases) -> {
            SubjectId subject = found.get(identity);
            if (subject != null) {
              settled.put(aliases, subject);
              met.put(identity, subject);
            }
          });
    }
    return met;
  }

  /** The subject of an identity that was answered before, out of memory; else null. */
  @Nullable SubjectId settled(SourceIdentity identity) {
    return settled.get(hash.aliases(identity));
  }

  private Map<SourceIdentity, SubjectId> lookUp(Map<SourceIdentity, List<Alias>> told)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        IdentityRows rows = new IdentityRows(connection, clock.instant());
        Map<SourceIdentity, SubjectId> subjects = known(rows, told);
        if (subjects.size() < told.size()) {
          subjects = learn(rows, told);
        }
        connection.commit();
        return subjects;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Those of whom every alias is known: the usual case, without the lock. */
  private static Map<SourceIdentity, SubjectId> known(
      IdentityRows rows, Map<SourceIdentity, List<Alias>> told) throws SQLException {
    Map<ByteBuffer, UUID> found = rows.find(told.values().stream().flatMap(List::stream).toList());
    Map<SourceIdentity, SubjectId> subjects = new HashMap<>();
    for (Map.Entry<SourceIdentity, List<Alias>> entry : told.entrySet()) {
      List<Alias> aliases = entry.getValue();
      UUID strongest = found.get(aliases.getFirst().hash());
      if (strongest != null && aliases.stream().allMatch(a -> found.containsKey(a.hash()))) {
        subjects.put(entry.getKey(), new SubjectId(strongest));
        settle(rows, aliases, found, strongest);
      }
    }
    return subjects;
  }

  private Map<SourceIdentity, SubjectId> learn(
      IdentityRows rows, Map<SourceIdentity, List<Alias>> told) throws SQLException {
    rows.lock();
    Map<SourceIdentity, SubjectId> subjects = new HashMap<>();
    for (Map.Entry<SourceIdentity, List<Alias>> entry : told.entrySet()) {
      subjects.put(entry.getKey(), new SubjectId(learn(rows, entry.getValue())));
    }
    return subjects;
  }

  private UUID learn(IdentityRows rows, List<Alias> aliases) throws SQLException {
    Map<ByteBuffer, UUID> found = rows.find(aliases);
    List<Alias> stronger = new ArrayList<>();
    UUID subject = null;
    for (Alias alias : aliases) {
      UUID candidate = found.get(alias.hash());
      if (candidate != null && !rows.hasAny(candidate, stronger)) {
        subject = candidate;
        break;
      }
      stronger.add(alias);
    }
    if (subject == null) {
      subject = newSubjects.get();
      rows.insertSubject(subject);
    }
    settle(rows, aliases, found, subject);
    return subject;
  }

  /** Gives the subject the aliases nobody has, and writes down those that somebody else has. */
  private static void settle(
      IdentityRows rows, List<Alias> aliases, Map<ByteBuffer, UUID> found, UUID subject)
      throws SQLException {
    for (Alias alias : aliases) {
      UUID holder = found.get(alias.hash());
      if (holder == null) {
        rows.insertAlias(alias, subject);
      } else if (!holder.equals(subject)) {
        rows.insertConflict(subject, holder, alias);
      }
    }
  }
}

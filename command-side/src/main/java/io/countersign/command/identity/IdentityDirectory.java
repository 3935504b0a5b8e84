package io.countersign.command.identity;

import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.database.SharedWrite;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Knows which random subject id stands for whom. All nodes agree: who meets somebody first makes
 * the subject, under one lock of the database. When an identity tells aliases of several subjects,
 * the strongest decides and the conflict is written down; subjects are never merged.
 *
 * <p>A whole organization is new at once: who is met while others are learned of shares the next
 * transaction with all that wait on this node, so that flushes do not bound how many a second.
 */
public final class IdentityDirectory {

  /** The directory's own schema. */
  public static final Schema SCHEMA = new Schema("identity", "db/identity");

  private static final int SETTLED = 10_000;
  private static final int LEARNED_AT_ONCE = 500;

  private final DataSource dataSource;
  private final KeyRing keys;
  private final AliasHash hash;
  private final InstantSource clock;
  private final Supplier<UUID> newSubjects;
  private final SettledAliases settled = new SettledAliases(SETTLED);
  private final SharedWrite<List<List<Alias>>, List<Met>> learning =
      new SharedWrite<>(LEARNED_AT_ONCE, this::learn);

  /**
   * A directory.
   *
   * @param newSubjects random ids for people never met
   */
  public IdentityDirectory(
      DataSource dataSource, KeyRing keys, InstantSource clock, Supplier<UUID> newSubjects) {
    this.dataSource = dataSource;
    this.keys = keys;
    this.hash = new AliasHash(keys);
    this.clock = clock;
    this.newSubjects = newSubjects;
  }

  /**
   * The subjects of identities, made where they are new; committed when this returns.
   *
   * @throws SQLException when the database does not answer: it may work later
   */
  public Map<SourceIdentity, Met> resolve(Collection<SourceIdentity> identities)
      throws SQLException {
    long destructions = keys.destructions();
    Map<SourceIdentity, List<Alias>> told = new LinkedHashMap<>();
    identities.forEach(identity -> told.put(identity, hash.aliases(identity)));
    Map<SourceIdentity, Met> met = new HashMap<>();
    told.entrySet()
        .removeIf(
            entry -> {
              Met known = settled.get(entry.getValue(), destructions);
              return known != null && met.put(entry.getKey(), known) == null;
            });
    if (!told.isEmpty()) {
      Map<SourceIdentity, Met> found = lookUp(told);
      told.forEach(
          (identity, aliases) -> {
            Met one = found.get(identity);
            if (one != null) {
              settled.put(aliases, one, destructions);
              met.put(identity, one);
            }
          });
    }
    return met;
  }

  /** The subject of an identity that was answered before, out of memory; else null. */
  @Nullable Met settled(SourceIdentity identity) {
    return settled.get(hash.aliases(identity), keys.destructions());
  }

  /**
   * Subjects by something a source calls them: mail address, sign-in name, descriptor, id or, where
   * nothing else was ever told, the name shown.
   *
   * @param organization where it was told; ids, account names and names shown mean nothing without
   */
  public List<Sought> find(@Nullable OrganizationId organization, String alias)
      throws SQLException {
    List<Alias> asked = hash.ofAnyKind(organization, alias);
    return inTransaction(
        rows -> {
          Map<ByteBuffer, UUID> holders = rows.find(asked);
          Map<UUID, Set<String>> by = new LinkedHashMap<>();
          for (Alias one : asked) {
            UUID holder = holders.get(one.hash());
            if (holder != null) {
              by.computeIfAbsent(holder, _ -> new TreeSet<>()).add(one.kind().word());
            }
          }
          Set<UUID> forgotten = rows.forgotten(by.keySet());
          return by.entrySet().stream()
              .map(
                  entry ->
                      new Sought(
                          new SubjectId(entry.getKey()),
                          forgotten.contains(entry.getKey()),
                          entry.getValue()))
              .toList();
        });
  }

  /** Whether there is such a subject, not erased. */
  public boolean isKnown(SubjectId subject) throws SQLException {
    return inTransaction(rows -> rows.exists(subject.value()));
  }

  /**
   * Takes all aliases from a subject: they lead to another random subject from now on, one that
   * never gets a name. Nothing is left that leads from an alias to the subject. Call it before the
   * keys are destroyed, so that other nodes drop what they remember. Once more changes nothing.
   */
  public void forget(SubjectId subject) throws SQLException {
    inTransaction(
        rows -> {
          rows.lock();
          rows.forget(subject.value(), newSubjects.get());
          return true;
        });
  }

  private Map<SourceIdentity, Met> lookUp(Map<SourceIdentity, List<Alias>> told)
      throws SQLException {
    List<List<Alias>> identities = List.copyOf(told.values());
    List<Met> subjects = known(identities);
    if (subjects.isEmpty()) {
      subjects = learning.write(identities);
    }
    Map<SourceIdentity, Met> found = new HashMap<>();
    Iterator<Met> subject = subjects.iterator();
    told.keySet().forEach(identity -> found.put(identity, subject.next()));
    return found;
  }

  /** When every alias is known: the usual case, without the lock. Empty otherwise. */
  private List<Met> known(List<List<Alias>> identities) throws SQLException {
    return inTransaction(
        rows -> {
          Set<Alias> told = aliases(identities);
          Map<ByteBuffer, UUID> holders = rows.find(told);
          if (!told.stream().allMatch(alias -> holders.containsKey(alias.hash()))) {
            return List.of();
          }
          Learning found = new Learning(holders, Map.of(), newSubjects);
          List<SubjectId> subjects = found.subjects(identities);
          found.write(rows);
          return met(subjects, rows);
        });
  }

  /** Everybody that callers of this node wait for, in one transaction, one after the other. */
  private List<List<Met>> learn(List<List<List<Alias>>> requests) throws SQLException {
    return inTransaction(
        rows -> {
          rows.lock();
          Map<ByteBuffer, UUID> holders =
              rows.find(aliases(requests.stream().flatMap(List::stream).toList()));
          Learning learning =
              new Learning(holders, rows.kinds(Set.copyOf(holders.values())), newSubjects);
          List<List<SubjectId>> subjects = requests.stream().map(learning::subjects).toList();
          learning.write(rows);
          List<List<Met>> answers = new ArrayList<>();
          for (List<SubjectId> one : subjects) {
            answers.add(met(one, rows));
          }
          return answers;
        });
  }

  private static List<Met> met(List<SubjectId> subjects, IdentityRows rows) throws SQLException {
    Set<UUID> forgotten =
        rows.forgotten(subjects.stream().map(SubjectId::value).collect(Collectors.toSet()));
    return subjects.stream()
        .map(subject -> new Met(subject, forgotten.contains(subject.value())))
        .toList();
  }

  private static Set<Alias> aliases(List<List<Alias>> identities) {
    return identities.stream().flatMap(List::stream).collect(Collectors.toSet());
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(new IdentityRows(connection, clock.instant()));
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private interface Work<T> {
    T on(IdentityRows rows) throws SQLException;
  }
}

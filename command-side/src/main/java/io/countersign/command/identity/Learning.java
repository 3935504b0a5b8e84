package io.countersign.command.identity;

import io.countersign.command.identity.IdentityRows.Conflict;
import io.countersign.command.identity.IdentityRows.Held;
import io.countersign.command.identity.IdentityRows.KindHere;
import io.countersign.kernel.privacy.SubjectId;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Decides who identities are, each as if those before it were written already, and writes all of it
 * in the end. Works on what the directory held of their aliases when it began.
 */
final class Learning {

  private final Map<ByteBuffer, UUID> holders;
  private final Map<UUID, Set<KindHere>> kinds;
  private final Supplier<UUID> newSubjects;
  private final List<UUID> subjects = new ArrayList<>();
  private final List<Held> aliases = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  /**
   * Nothing is learned yet.
   *
   * @param holders who has the aliases that will be told
   * @param kinds what kinds of aliases those have, of all their aliases
   */
  Learning(
      Map<ByteBuffer, UUID> holders, Map<UUID, Set<KindHere>> kinds, Supplier<UUID> newSubjects) {
    this.holders = new HashMap<>(holders);
    this.kinds = new HashMap<>(kinds);
    this.newSubjects = newSubjects;
  }

  /** Who these identities are, by the aliases of each, strongest first. */
  List<SubjectId> subjects(List<List<Alias>> identities) {
    return identities.stream().map(told -> new SubjectId(subject(told))).toList();
  }

  private UUID subject(List<Alias> told) {
    UUID subject = strongest(told);
    for (Alias alias : told) {
      UUID holder = holders.get(alias.hash());
      if (holder == null) {
        hold(alias, subject);
      } else if (!holder.equals(subject)) {
        conflicts.add(new Conflict(subject, holder, alias.kind()));
      }
    }
    return subject;
  }

  private UUID strongest(List<Alias> told) {
    for (int i = 0; i < told.size(); i++) {
      UUID holder = holders.get(told.get(i).hash());
      if (holder != null && !hasAny(holder, told.subList(0, i))) {
        return holder;
      }
    }
    UUID subject = newSubjects.get();
    subjects.add(subject);
    return subject;
  }

  /** Whether the subject has another alias of one of these kinds: then it is somebody else. */
  private boolean hasAny(UUID subject, List<Alias> stronger) {
    Set<KindHere> has = kinds.getOrDefault(subject, Set.of());
    return stronger.stream().map(KindHere::of).anyMatch(has::contains);
  }

  private void hold(Alias alias, UUID subject) {
    holders.put(alias.hash(), subject);
    kinds.computeIfAbsent(subject, _ -> new HashSet<>()).add(KindHere.of(alias));
    aliases.add(new Held(alias, subject));
  }

  /** Writes what was learned, in the transaction of the rows. */
  void write(IdentityRows rows) throws SQLException {
    rows.insertSubjects(subjects);
    rows.insertAliases(aliases);
    rows.insertConflicts(conflicts);
  }
}

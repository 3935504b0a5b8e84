package io.countersign.auditlog.policy;

import io.countersign.auditlog.note.VerifierKey;
import java.util.List;
import java.util.Set;

/** Which witnesses have to cosign. */
public sealed interface Quorum {

  /** Whether these cosigners are enough. */
  boolean isReachedBy(Set<VerifierKey> cosigners);

  /** What it takes, for people: {@code 2 of (ann, bob, cleo)}. */
  String words();

  /** Nobody has to. */
  record None() implements Quorum {

    @Override
    public boolean isReachedBy(Set<VerifierKey> cosigners) {
      return true;
    }

    @Override
    public String words() {
      return "nobody";
    }
  }

  /**
   * One witness.
   *
   * @param witness which
   */
  record One(TrustPolicy.Witness witness) implements Quorum {

    @Override
    public boolean isReachedBy(Set<VerifierKey> cosigners) {
      return cosigners.contains(witness.key());
    }

    @Override
    public String words() {
      return witness.name();
    }
  }

  /**
   * So many of these. Nobody is a member twice, anywhere in a policy, so each witness counts once.
   *
   * @param threshold from 1 to the number of members
   * @param members witnesses and groups
   */
  record Group(int threshold, List<Quorum> members) implements Quorum {

    /** Copies the members. */
    public Group {
      members = List.copyOf(members);
    }

    @Override
    public boolean isReachedBy(Set<VerifierKey> cosigners) {
      return members.stream().filter(member -> member.isReachedBy(cosigners)).count() >= threshold;
    }

    @Override
    public String words() {
      return "%d of (%s)"
          .formatted(threshold, String.join(", ", members.stream().map(Quorum::words).toList()));
    }
  }
}

package io.countersign.auditlog.policy;

import io.countersign.auditlog.note.VerifierKey;
import java.util.List;
import java.util.Set;

/** Which witnesses have to cosign. */
public sealed interface Quorum {

  /** Whether these cosigners are enough. */
  boolean isReachedBy(Set<VerifierKey> cosigners);

  /** Nobody has to. */
  record None() implements Quorum {

    @Override
    public boolean isReachedBy(Set<VerifierKey> cosigners) {
      return true;
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
  }
}

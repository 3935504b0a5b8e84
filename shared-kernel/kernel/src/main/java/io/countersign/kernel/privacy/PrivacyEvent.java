package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import java.util.List;
import java.util.UUID;

/**
 * Facts about what becomes of a person's data. Persons are random subject ids here, and what people
 * wrote to explain themselves is sealed: a name in it could be erased, too.
 */
public sealed interface PrivacyEvent {

  /** Whom it is about. */
  SubjectId subject();

  /** Nothing of this person may be erased until the hold is lifted. */
  record HoldPlaced(SubjectId subject, UUID hold, SealedText reason, Actor by)
      implements PrivacyEvent {}

  /** The hold is over. */
  record HoldLifted(SubjectId subject, UUID hold, SealedText reason, Actor by)
      implements PrivacyEvent {}

  /**
   * Somebody asks that a person be erased.
   *
   * @param subject whom
   * @param erasure identifies the request and all that follows
   * @param alsoErase further owners whose text names the person: their text goes as a whole
   * @param basis why
   * @param reason in words
   * @param by who asks
   */
  record ErasureRequested(
      SubjectId subject,
      UUID erasure,
      List<KeyOwner> alsoErase,
      LegalBasis basis,
      SealedText reason,
      Actor by)
      implements PrivacyEvent {}

  /** One of two approvals. */
  record ErasureApproved(SubjectId subject, UUID erasure, Actor by) implements PrivacyEvent {}

  /** It will not be done. */
  record ErasureRefused(
      SubjectId subject, UUID erasure, RefusalGround ground, SealedText reason, Actor by)
      implements PrivacyEvent {}

  /** Who asked for it took it back. */
  record ErasureWithdrawn(SubjectId subject, UUID erasure, Actor by) implements PrivacyEvent {}

  /** From here there is no way back: no hold stops it any more. */
  record ErasureBegun(SubjectId subject, UUID erasure) implements PrivacyEvent {}

  /**
   * The keys are destroyed and the aliases forgotten.
   *
   * @param subject whom
   * @param erasure which erasure
   * @param keys all destroyed keys of the person and of the further owners
   * @param destructions state of the key ring: a node that has reached it has dropped them
   */
  record SubjectErased(SubjectId subject, UUID erasure, List<DestroyedKey> keys, long destructions)
      implements PrivacyEvent {}

  /** Every node has dropped the keys, and nothing that they sealed can be opened. */
  record ErasureCertified(SubjectId subject, UUID erasure, ErasureCertificate certificate)
      implements PrivacyEvent {}
}

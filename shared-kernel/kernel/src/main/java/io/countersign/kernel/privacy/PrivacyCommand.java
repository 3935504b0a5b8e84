package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import java.util.List;
import java.util.UUID;

/** Commands about a person's data. {@code by} is always who authenticated. */
public sealed interface PrivacyCommand extends AggregateCommand {

  /** Whom it is about. */
  SubjectId subject();

  @Override
  default String aggregateId() {
    return aggregateId(subject());
  }

  /** The aggregate that decides about this person's data. */
  static String aggregateId(SubjectId subject) {
    return "subject:" + subject;
  }

  /** Forbids erasing, for now. */
  record PlaceHold(SubjectId subject, UUID hold, SealedText reason, Actor by)
      implements PrivacyCommand {}

  /** Ends a hold. */
  record LiftHold(SubjectId subject, UUID hold, SealedText reason, Actor by)
      implements PrivacyCommand {}

  /** Asks for an erasure. */
  record RequestErasure(
      SubjectId subject,
      UUID erasure,
      List<KeyOwner> alsoErase,
      LegalBasis basis,
      SealedText reason,
      Actor by)
      implements PrivacyCommand {}

  /** Approves; two others than who asked have to. */
  record ApproveErasure(SubjectId subject, UUID erasure, Actor by) implements PrivacyCommand {}

  /** Refuses, as long as it has not begun. */
  record RefuseErasure(
      SubjectId subject, UUID erasure, RefusalGround ground, SealedText reason, Actor by)
      implements PrivacyCommand {}

  /** Takes one's own request back, as long as it has not begun. */
  record WithdrawErasure(SubjectId subject, UUID erasure, Actor by) implements PrivacyCommand {}

  /** The automation is about to destroy keys. */
  record BeginErasure(SubjectId subject, UUID erasure) implements PrivacyCommand {}

  /** The automation has destroyed them. */
  record RecordErased(SubjectId subject, UUID erasure, List<DestroyedKey> keys, long destructions)
      implements PrivacyCommand {}

  /** The automation has seen that nothing is left. */
  record CertifyErasure(SubjectId subject, UUID erasure, ErasureCertificate certificate)
      implements PrivacyCommand {}
}

package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import java.util.List;
import java.util.UUID;

/** Commands about removing payloads. {@code by} is always who authenticated. */
public sealed interface PurgeCommand extends AggregateCommand {

  /** Which purge. */
  UUID purge();

  @Override
  default String aggregateId() {
    return aggregateId(purge());
  }

  /** The aggregate that decides about this purge. */
  static String aggregateId(UUID purge) {
    return "purge:" + purge;
  }

  /** Asks for it. */
  record RequestPurge(
      UUID purge,
      List<NamedEntry> entries,
      List<SubjectId> subjects,
      LegalBasis basis,
      SealedText reason,
      Actor by)
      implements PurgeCommand {}

  /** Approves; two others than who asked have to. */
  record ApprovePurge(UUID purge, Actor by) implements PurgeCommand {}

  /** Refuses or takes back, as long as it has not begun. */
  record RefusePurge(UUID purge, SealedText reason, Actor by) implements PurgeCommand {}

  /** The automation is about to remove the text: what will be left of each payload. */
  record BeginPurge(UUID purge, List<Remainder> remains) implements PurgeCommand {}

  /** The automation has seen that nothing else is left. */
  record CertifyPurge(UUID purge, PurgeCertificate certificate) implements PurgeCommand {}
}

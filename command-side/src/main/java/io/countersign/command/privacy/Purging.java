package io.countersign.command.privacy;

import io.countersign.command.domain.CommandSender;
import io.countersign.command.privacy.Erasing.Outcome;
import io.countersign.command.privacy.PurgeCases.Told;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.PrivacyAnswer;
import io.countersign.kernel.privacy.PurgeCertificate;
import io.countersign.kernel.privacy.PurgeCommand;
import io.countersign.kernel.privacy.PurgeCommand.BeginPurge;
import io.countersign.kernel.privacy.PurgeCommand.CertifyPurge;
import io.countersign.kernel.privacy.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The automation of purges, as {@link Erasing} is of erasures: goes on from wherever the events say
 * it is. That a payload goes is recorded before it goes; a node that dies in between, or another
 * one, removes it when it looks again.
 */
final class Purging {

  /** What a purge does outside of the log's events; may be done again. */
  @FunctionalInterface
  interface Remover {

    /** Removes the text that the event at an index says is purged. */
    boolean purge(long by) throws Exception;
  }

  private final PurgeCases cases;
  private final Dossiers dossiers;
  private final PurgeableEntries entries;
  private final Remover remover;
  private final PurgeCertifying certifying;
  private final CommandSender sender;

  Purging(
      PurgeCases cases,
      Dossiers dossiers,
      PurgeableEntries entries,
      Remover remover,
      PurgeCertifying certifying,
      CommandSender sender) {
    this.cases = cases;
    this.dossiers = dossiers;
    this.entries = entries;
    this.remover = remover;
    this.certifying = certifying;
    this.sender = sender;
  }

  Outcome goOn(UUID id) throws Exception {
    while (true) {
      List<Told> history = cases.history(id);
      PurgeCase purge = PurgeCases.of(history).orElse(null);
      if (purge == null) {
        return Outcome.UNKNOWN;
      }
      if (purge.stage().isOver()) {
        return Outcome.OVER;
      }
      boolean moved =
          switch (purge.stage()) {
            case APPROVED -> holds(purge).isEmpty() && begin(purge, id);
            case BEGUN -> remove(purge, history, id);
            case REQUESTED, REFUSED, WITHDRAWN, ERASED, CERTIFIED -> false;
          };
      if (!moved) {
        return Outcome.WAITS;
      }
    }
  }

  /** Legal holds on persons whom the payloads name, or for whom it is done. */
  List<UUID> holds(PurgeCase purge) {
    return purge.request().subjects().stream()
        .map(dossiers::of)
        .flatMap(dossier -> dossier.holds().keySet().stream())
        .toList();
  }

  private boolean begin(PurgeCase purge, UUID id) throws Exception {
    return send(new BeginPurge(id, entries.remains(purge.request().entries())), id);
  }

  private boolean remove(PurgeCase purge, List<Told> history, UUID id) throws Exception {
    for (long by : certifying.purgeEntries(id, history)) {
      remover.purge(by);
    }
    Optional<PurgeCertificate> certificate = certifying.certificate(id, purge, history);
    return certificate.isPresent() && send(new CertifyPurge(id, certificate.get()), id);
  }

  private boolean send(PurgeCommand command, UUID purge) throws Exception {
    String step = purge + "/" + command.getClass().getSimpleName();
    Object answer =
        sender.send(
            command,
            UUID.nameUUIDFromBytes(step.getBytes(StandardCharsets.UTF_8)),
            Map.of(
                Provenance.ACTOR, Erasing.AUTOMATION.ref(),
                Provenance.CORRELATION_ID, purge.toString(),
                Provenance.CAUSATION_ID, purge.toString()));
    return answer instanceof PrivacyAnswer.Done;
  }

  /** Rows of purges have the purge's own id where others have a subject. */
  static SubjectId row(UUID purge) {
    return new SubjectId(purge);
  }
}

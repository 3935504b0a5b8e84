package io.countersign.command.privacy;

import io.countersign.command.domain.CommandSender;
import io.countersign.command.privacy.Dossiers.Told;
import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.ErasureCertificate;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.PrivacyAnswer;
import io.countersign.kernel.privacy.PrivacyCommand;
import io.countersign.kernel.privacy.PrivacyCommand.BeginErasure;
import io.countersign.kernel.privacy.PrivacyCommand.CertifyErasure;
import io.countersign.kernel.privacy.PrivacyCommand.RecordErased;
import io.countersign.kernel.privacy.SubjectId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The automation: carries an erasure on from wherever its events say it is. Nothing is remembered
 * beside them. Each step first acts and then records that it did, and acting again does no harm; so
 * it goes on after a crash at any point, and several nodes may do it at once.
 */
final class Erasing {

  /** Who begins, erases and certifies. */
  static final Actor AUTOMATION = Actor.automation("privacy");

  private final Dossiers dossiers;
  private final Destroyer destroyer;
  private final Certifying certifying;
  private final CommandSender sender;

  Erasing(Dossiers dossiers, Destroyer destroyer, Certifying certifying, CommandSender sender) {
    this.dossiers = dossiers;
    this.destroyer = destroyer;
    this.certifying = certifying;
    this.sender = sender;
  }

  /** Where an erasure stands after everything was done that can be done now. */
  enum Outcome {
    /** Nothing was recorded under this id. */
    UNKNOWN,
    /** It waits for somebody or for a node. */
    WAITS,
    /** It is over. */
    OVER
  }

  Outcome goOn(SubjectId subject, UUID id) throws Exception {
    while (true) {
      List<Told> history = dossiers.history(subject);
      Dossier dossier = Dossier.EMPTY;
      for (Told told : history) {
        dossier = dossier.evolve(told.event());
      }
      Erasure erasure = dossier.erasures().get(id);
      if (erasure == null) {
        return Outcome.UNKNOWN;
      }
      if (erasure.stage().isOver()) {
        return Outcome.OVER;
      }
      boolean moved =
          switch (erasure.stage()) {
            case REQUESTED, REFUSED, WITHDRAWN, CERTIFIED -> false;
            // the aggregate looks for holds again: one may be placed just now
            case APPROVED -> dossier.holds().isEmpty() && send(new BeginErasure(subject, id), id);
            case BEGUN -> erase(subject, erasure, id);
            case ERASED -> certify(subject, erasure, history, id);
          };
      if (!moved) {
        return Outcome.WAITS;
      }
    }
  }

  private boolean erase(SubjectId subject, Erasure erasure, UUID id) throws Exception {
    // aliases first: other nodes drop what they remember of them when keys were destroyed
    destroyer.forget(subject);
    List<DestroyedKey> destroyed = new ArrayList<>();
    for (KeyOwner owner : erasure.owners()) {
      destroyer.destroy(owner);
      destroyed.addAll(destroyer.destroyed(owner));
    }
    return send(new RecordErased(subject, id, destroyed, destroyer.destructions()), id);
  }

  private boolean certify(SubjectId subject, Erasure erasure, List<Told> history, UUID id)
      throws Exception {
    Optional<ErasureCertificate> certificate = certifying.certificate(subject, erasure, history);
    return certificate.isPresent() && send(new CertifyErasure(subject, id, certificate.get()), id);
  }

  private boolean send(PrivacyCommand command, UUID erasure) throws Exception {
    String step = erasure + "/" + command.getClass().getSimpleName();
    UUID message = UUID.nameUUIDFromBytes(step.getBytes(StandardCharsets.UTF_8));
    Object answer =
        sender.send(
            command,
            message,
            Map.of(
                Provenance.ACTOR, AUTOMATION.ref(),
                Provenance.CORRELATION_ID, erasure.toString(),
                Provenance.CAUSATION_ID, erasure.toString()));
    return answer instanceof PrivacyAnswer.Done;
  }
}

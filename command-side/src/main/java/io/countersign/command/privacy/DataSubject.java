package io.countersign.command.privacy;

import io.countersign.kernel.Recorded;
import io.countersign.kernel.privacy.PrivacyAnswer;
import io.countersign.kernel.privacy.PrivacyAnswer.Done;
import io.countersign.kernel.privacy.PrivacyAnswer.Refused;
import io.countersign.kernel.privacy.PrivacyCommand;
import io.countersign.kernel.privacy.PrivacyCommand.ApproveErasure;
import io.countersign.kernel.privacy.PrivacyCommand.BeginErasure;
import io.countersign.kernel.privacy.PrivacyCommand.CertifyErasure;
import io.countersign.kernel.privacy.PrivacyCommand.LiftHold;
import io.countersign.kernel.privacy.PrivacyCommand.PlaceHold;
import io.countersign.kernel.privacy.PrivacyCommand.RecordErased;
import io.countersign.kernel.privacy.PrivacyCommand.RefuseErasure;
import io.countersign.kernel.privacy.PrivacyCommand.RequestErasure;
import io.countersign.kernel.privacy.PrivacyCommand.WithdrawErasure;
import io.countersign.kernel.privacy.PrivacyEvent;
import io.countersign.kernel.privacy.PrivacyRejection;
import io.countersign.kernel.privacy.PrivacyRejection.Held;
import io.countersign.kernel.privacy.PrivacyRejection.NotApproved;
import io.countersign.kernel.privacy.PrivacyRejection.NotKnown;
import io.countersign.kernel.privacy.PrivacyRejection.NotOwnRequest;
import io.countersign.kernel.privacy.PrivacyRejection.OwnRequest;
import io.countersign.kernel.privacy.PrivacyRejection.TooLate;
import io.countersign.kernel.privacy.PrivacyRejection.Underway;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A person whose data we hold: who asked to erase it, who approved, what forbids it. Holds and
 * erasures of a person are one aggregate, so that a hold and the beginning of an erasure cannot
 * pass each other by.
 */
@AggregateRoot(type = "subject")
@Revision("1")
class DataSubject {

  private static final PrivacyAnswer KNOWN = new Done(Recorded.KNOWN);

  @AggregateIdentifier private @Nullable String id;
  private Dossier dossier = Dossier.EMPTY;

  /** For Axon. */
  DataSubject() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  PrivacyAnswer handle(PlaceHold command) {
    if (dossier.holds().containsKey(command.hold())) {
      return KNOWN;
    }
    Erasure erasure = dossier.irrevocable().orElse(null);
    return erasure != null
        ? refuse(new TooLate(erasure.stage().word()))
        : record(
            new PrivacyEvent.HoldPlaced(
                command.subject(), command.hold(), command.reason(), command.by()));
  }

  @CommandHandler
  PrivacyAnswer handle(LiftHold command) {
    return dossier.holds().containsKey(command.hold())
        ? record(
            new PrivacyEvent.HoldLifted(
                command.subject(), command.hold(), command.reason(), command.by()))
        : refuse(new NotKnown(command.hold()));
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  PrivacyAnswer handle(RequestErasure command) {
    if (dossier.erasures().containsKey(command.erasure())) {
      return KNOWN;
    }
    Erasure other = dossier.underway().or(dossier::irrevocable).orElse(null);
    return other != null
        ? refuse(new Underway(other.request().erasure()))
        : record(
            new PrivacyEvent.ErasureRequested(
                command.subject(),
                command.erasure(),
                command.alsoErase(),
                command.basis(),
                command.reason(),
                command.by()));
  }

  @CommandHandler
  PrivacyAnswer handle(ApproveErasure command) {
    Erasure erasure = dossier.erasures().get(command.erasure());
    if (erasure == null) {
      return refuse(new NotKnown(command.erasure()));
    }
    if (erasure.approvedBy().contains(command.by())) {
      return KNOWN;
    }
    if (erasure.request().by().equals(command.by())) {
      return refuse(new OwnRequest());
    }
    return erasure.stage() == Stage.REQUESTED
        ? record(
            new PrivacyEvent.ErasureApproved(command.subject(), command.erasure(), command.by()))
        : refuse(new TooLate(erasure.stage().word()));
  }

  @CommandHandler
  PrivacyAnswer handle(RefuseErasure command) {
    PrivacyRejection rejection = openTo(command.erasure());
    return rejection != null
        ? refuse(rejection)
        : record(
            new PrivacyEvent.ErasureRefused(
                command.subject(),
                command.erasure(),
                command.ground(),
                command.reason(),
                command.by()));
  }

  @CommandHandler
  PrivacyAnswer handle(WithdrawErasure command) {
    PrivacyRejection rejection = openTo(command.erasure());
    if (rejection != null) {
      return refuse(rejection);
    }
    Erasure erasure = dossier.erasures().get(command.erasure());
    return erasure != null && erasure.request().by().equals(command.by())
        ? record(
            new PrivacyEvent.ErasureWithdrawn(command.subject(), command.erasure(), command.by()))
        : refuse(new NotOwnRequest());
  }

  @CommandHandler
  PrivacyAnswer handle(BeginErasure command) {
    Erasure erasure = dossier.erasures().get(command.erasure());
    if (erasure != null && erasure.stage().isIrrevocable()) {
      return KNOWN;
    }
    if (erasure == null || erasure.stage() != Stage.APPROVED) {
      return refuse(new NotApproved());
    }
    return dossier.holds().isEmpty()
        ? record(new PrivacyEvent.ErasureBegun(command.subject(), command.erasure()))
        : refuse(new Held(dossier.holds().keySet().iterator().next()));
  }

  @CommandHandler
  PrivacyAnswer handle(RecordErased command) {
    return switch (stageOf(command.erasure())) {
      case BEGUN ->
          record(
              new PrivacyEvent.SubjectErased(
                  command.subject(), command.erasure(), command.keys(), command.destructions()));
      case ERASED, CERTIFIED -> KNOWN;
      case REQUESTED, APPROVED, REFUSED, WITHDRAWN -> refuse(new NotApproved());
    };
  }

  @CommandHandler
  PrivacyAnswer handle(CertifyErasure command) {
    return switch (stageOf(command.erasure())) {
      case ERASED ->
          record(
              new PrivacyEvent.ErasureCertified(
                  command.subject(), command.erasure(), command.certificate()));
      case CERTIFIED -> KNOWN;
      case REQUESTED, APPROVED, REFUSED, WITHDRAWN, BEGUN -> refuse(new NotApproved());
    };
  }

  private Stage stageOf(UUID erasure) {
    Erasure found = dossier.erasures().get(erasure);
    return found == null ? Stage.REQUESTED : found.stage();
  }

  /** Whether it can still be stopped; null when it can. */
  private @Nullable PrivacyRejection openTo(UUID id) {
    Erasure erasure = dossier.erasures().get(id);
    if (erasure == null) {
      return new NotKnown(id);
    }
    return switch (erasure.stage()) {
      case REQUESTED, APPROVED -> null;
      case REFUSED, WITHDRAWN, BEGUN, ERASED, CERTIFIED -> new TooLate(erasure.stage().word());
    };
  }

  private static PrivacyAnswer record(PrivacyEvent event) {
    AggregateLifecycle.apply(event);
    return new Done(Recorded.NEW);
  }

  private static PrivacyAnswer refuse(PrivacyRejection rejection) {
    return new Refused(rejection);
  }

  @EventSourcingHandler
  void evolve(PrivacyEvent event) {
    id = PrivacyCommand.aggregateId(event.subject());
    dossier = dossier.evolve(event);
  }
}

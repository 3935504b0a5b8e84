package io.countersign.command.privacy;

import io.countersign.kernel.Recorded;
import io.countersign.kernel.privacy.NamedEntry;
import io.countersign.kernel.privacy.PrivacyAnswer;
import io.countersign.kernel.privacy.PrivacyAnswer.Done;
import io.countersign.kernel.privacy.PrivacyAnswer.Refused;
import io.countersign.kernel.privacy.PrivacyRejection;
import io.countersign.kernel.privacy.PrivacyRejection.NotApproved;
import io.countersign.kernel.privacy.PrivacyRejection.NotKnown;
import io.countersign.kernel.privacy.PrivacyRejection.OwnRequest;
import io.countersign.kernel.privacy.PrivacyRejection.TooLate;
import io.countersign.kernel.privacy.PurgeCommand;
import io.countersign.kernel.privacy.PurgeCommand.ApprovePurge;
import io.countersign.kernel.privacy.PurgeCommand.BeginPurge;
import io.countersign.kernel.privacy.PurgeCommand.CertifyPurge;
import io.countersign.kernel.privacy.PurgeCommand.RefusePurge;
import io.countersign.kernel.privacy.PurgeCommand.RequestPurge;
import io.countersign.kernel.privacy.PurgeEvent;
import io.countersign.kernel.privacy.Remainder;
import java.util.Map;
import java.util.stream.Collectors;
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
 * Decides whether text is removed from entries: one asks, two others approve, and what will be left
 * is recorded before anything goes.
 */
@AggregateRoot(type = "purge")
@Revision("1")
class Purge {

  private static final PrivacyAnswer KNOWN = new Done(Recorded.KNOWN);

  @AggregateIdentifier private @Nullable String id;
  private @Nullable PurgeCase purge;

  /** For Axon. */
  Purge() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  PrivacyAnswer handle(RequestPurge command) {
    return purge != null
        ? KNOWN
        : record(
            new PurgeEvent.PurgeRequested(
                command.purge(),
                command.entries(),
                command.subjects(),
                command.basis(),
                command.reason(),
                command.by()));
  }

  @CommandHandler
  PrivacyAnswer handle(ApprovePurge command) {
    PurgeCase known = purge;
    if (known == null) {
      return new Refused(new NotKnown(command.purge()));
    }
    if (known.approvedBy().contains(command.by())) {
      return KNOWN;
    }
    if (known.request().by().equals(command.by())) {
      return new Refused(new OwnRequest());
    }
    return known.stage() == Stage.REQUESTED
        ? record(new PurgeEvent.PurgeApproved(command.purge(), command.by()))
        : tooLate(known);
  }

  @CommandHandler
  PrivacyAnswer handle(RefusePurge command) {
    PurgeCase known = purge;
    if (known == null) {
      return new Refused(new NotKnown(command.purge()));
    }
    return known.stage() == Stage.REQUESTED || known.stage() == Stage.APPROVED
        ? record(new PurgeEvent.PurgeRefused(command.purge(), command.reason(), command.by()))
        : tooLate(known);
  }

  @CommandHandler
  PrivacyAnswer handle(BeginPurge command) {
    PurgeCase known = purge;
    if (known != null && known.stage().isIrrevocable()) {
      return KNOWN;
    }
    if (known == null || known.stage() != Stage.APPROVED) {
      return new Refused(new NotApproved());
    }
    Map<Long, String> remains =
        command.remains().stream().collect(Collectors.toMap(Remainder::index, Remainder::remains));
    for (NamedEntry entry : known.request().entries()) {
      String left = remains.get(entry.index());
      if (left == null) {
        throw new IllegalArgumentException("it is not said what is left of entry " + entry.index());
      }
      AggregateLifecycle.apply(
          new PurgeEvent.PayloadPurged(
              command.purge(),
              entry.index(),
              entry.name(),
              entry.aggregate(),
              entry.digest(),
              left,
              known.request().basis(),
              known.request().by(),
              known.approvedBy()));
    }
    return new Done(Recorded.NEW);
  }

  @CommandHandler
  PrivacyAnswer handle(CertifyPurge command) {
    Stage stage = purge == null ? Stage.REQUESTED : purge.stage();
    return switch (stage) {
      case BEGUN -> record(new PurgeEvent.PurgeCertified(command.purge(), command.certificate()));
      case CERTIFIED -> KNOWN;
      case REQUESTED, APPROVED, REFUSED, WITHDRAWN, ERASED -> new Refused(new NotApproved());
    };
  }

  private static PrivacyAnswer tooLate(PurgeCase known) {
    PrivacyRejection late = new TooLate(known.stage().word());
    return new Refused(late);
  }

  private static PrivacyAnswer record(PurgeEvent event) {
    AggregateLifecycle.apply(event);
    return new Done(Recorded.NEW);
  }

  @EventSourcingHandler
  void evolve(PurgeEvent event) {
    id = PurgeCommand.aggregateId(event.purge());
    purge = PurgeCase.evolve(purge, event);
  }
}

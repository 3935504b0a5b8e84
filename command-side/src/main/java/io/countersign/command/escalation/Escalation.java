package io.countersign.command.escalation;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.countersign.kernel.Recorded;
import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.EscalationAnswer;
import io.countersign.kernel.escalation.EscalationAnswer.Done;
import io.countersign.kernel.escalation.EscalationAnswer.Refused;
import io.countersign.kernel.escalation.EscalationCommand.Acknowledge;
import io.countersign.kernel.escalation.EscalationCommand.Assign;
import io.countersign.kernel.escalation.EscalationCommand.Merge;
import io.countersign.kernel.escalation.EscalationCommand.Raise;
import io.countersign.kernel.escalation.EscalationCommand.RaiseLevel;
import io.countersign.kernel.escalation.EscalationCommand.RecordDelivered;
import io.countersign.kernel.escalation.EscalationCommand.RecordFailed;
import io.countersign.kernel.escalation.EscalationCommand.Resolve;
import io.countersign.kernel.escalation.EscalationCommand.Snooze;
import io.countersign.kernel.escalation.EscalationEvent;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.EscalationRejection;
import io.countersign.kernel.escalation.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
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
 * One matter that humans have to look at. The same matter, by its dedupe key, is the same
 * escalation: while it is open it counts what comes again, after that it is raised anew. A snapshot
 * is this object as JSON.
 */
@AggregateRoot(type = "escalation")
@Revision("1")
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
class Escalation {

  @AggregateIdentifier private @Nullable String id;
  private Remembered told = Remembered.NOTHING;
  private Remembered deliveries = Remembered.NOTHING;
  private int episode;
  private int occurrences;
  private int level;
  private @Nullable Category category;
  private @Nullable Plan plan;
  private Instant raisedAt = Instant.EPOCH;
  private boolean open;
  private boolean acknowledged;
  private @Nullable String assignee;
  private @Nullable EscalationId into;

  /** For Axon and Jackson. */
  Escalation() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  EscalationAnswer handle(Raise command) {
    if (told.contains(command.occurrence())) {
      return done(Recorded.KNOWN, command.at());
    }
    if (into != null) {
      return refuse(new EscalationRejection.LivesOn(into));
    }
    return open
        ? record(
            new EscalationEvent.Repeated(
                command.escalation(),
                command.occurrence(),
                command.cause(),
                occurrences + 1,
                command.at()),
            command.at())
        : record(
            new EscalationEvent.Raised(
                command.escalation(),
                command.occurrence(),
                episode + 1,
                command.category(),
                command.severity(),
                command.cause(),
                command.dedupeKey(),
                command.plan(),
                command.context(),
                command.contextSha256(),
                command.by(),
                command.at()),
            command.at());
  }

  @CommandHandler
  EscalationAnswer handle(Acknowledge command) {
    return whileOpen(
        () ->
            acknowledged
                ? done(Recorded.KNOWN, command.at())
                : record(
                    new EscalationEvent.Acknowledged(
                        command.escalation(), level, command.by(), command.at()),
                    command.at()));
  }

  @CommandHandler
  EscalationAnswer handle(Assign command) {
    return whileOpen(
        () ->
            command.to().equals(assignee)
                ? done(Recorded.KNOWN, command.at())
                : record(
                    new EscalationEvent.Assigned(
                        command.escalation(), command.to(), command.by(), command.at()),
                    command.at()));
  }

  @CommandHandler
  EscalationAnswer handle(Snooze command) {
    return whileOpen(
        () ->
            command.until().isAfter(command.at())
                ? record(
                    new EscalationEvent.Snoozed(
                        command.escalation(),
                        episode,
                        command.until(),
                        command.plan(),
                        command.by(),
                        command.at()),
                    command.at())
                : refuse(new EscalationRejection.NotLater()));
  }

  @CommandHandler
  EscalationAnswer handle(Merge command) {
    if (command.into().equals(command.escalation())) {
      return refuse(new EscalationRejection.WithItself());
    }
    if (command.into().equals(into)) {
      return done(Recorded.KNOWN, command.at());
    }
    return whileOpen(
        () ->
            record(
                new EscalationEvent.Merged(
                    command.escalation(), command.into(), command.by(), command.at()),
                command.at()));
  }

  /** What an intent says whose time has come; much may have happened since it was written. */
  @CommandHandler
  EscalationAnswer handle(RaiseLevel command) {
    Plan current = plan;
    if (current == null || !isAwaited(command, current)) {
      return done(Recorded.KNOWN, command.at());
    }
    return record(
        new EscalationEvent.LevelRaised(
            command.escalation(),
            episode,
            command.level(),
            current.step(command.level()).team(),
            command.due(),
            command.at()),
        command.at());
  }

  private boolean isAwaited(RaiseLevel command, Plan current) {
    return open
        && command.episode() == episode
        && command.level() > level
        && !acknowledged
        && assignee == null
        && command.due().equals(current.step(command.level()).from());
  }

  @CommandHandler
  EscalationAnswer handle(Resolve command) {
    return whileOpen(
        () ->
            record(
                new EscalationEvent.Resolved(
                    command.escalation(),
                    command.code(),
                    command.text(),
                    command.by(),
                    command.at()),
                command.at()));
  }

  @CommandHandler
  EscalationAnswer handle(RecordDelivered command) {
    return deliveries.contains(command.delivery())
        ? done(Recorded.KNOWN, command.at())
        : record(
            new EscalationEvent.NotificationDelivered(
                command.escalation(),
                command.delivery(),
                command.channel(),
                command.level(),
                command.attempts(),
                command.at()),
            command.at());
  }

  @CommandHandler
  EscalationAnswer handle(RecordFailed command) {
    return deliveries.contains(command.delivery())
        ? done(Recorded.KNOWN, command.at())
        : record(
            new EscalationEvent.NotificationFailed(
                command.escalation(),
                command.delivery(),
                command.channel(),
                command.level(),
                command.attempts(),
                command.code(),
                command.at()),
            command.at());
  }

  @EventSourcingHandler
  void evolve(EscalationEvent event) {
    id = event.escalation().toString();
    switch (event) {
      case EscalationEvent.Raised raised -> begin(raised);
      case EscalationEvent.Repeated repeated -> {
        told = told.with(repeated.occurrence());
        occurrences = repeated.occurrences();
      }
      case EscalationEvent.Acknowledged _ -> acknowledged = true;
      case EscalationEvent.Assigned assigned -> assignee = assigned.to();
      case EscalationEvent.Snoozed snoozed -> {
        // it wakes and climbs again, so it has to be answered again
        plan = snoozed.plan();
        acknowledged = false;
        assignee = null;
      }
      case EscalationEvent.Merged merged -> {
        into = merged.into();
        open = false;
      }
      case EscalationEvent.LevelRaised raised -> level = raised.level();
      case EscalationEvent.Resolved _ -> open = false;
      case EscalationEvent.NotificationDelivered e -> deliveries = deliveries.with(e.delivery());
      case EscalationEvent.NotificationFailed e -> deliveries = deliveries.with(e.delivery());
    }
  }

  private void begin(EscalationEvent.Raised raised) {
    told = told.with(raised.occurrence());
    episode = raised.episode();
    category = raised.category();
    plan = raised.plan();
    raisedAt = raised.at();
    occurrences = 1;
    level = 1;
    open = true;
    acknowledged = false;
    assignee = null;
  }

  private EscalationAnswer whileOpen(Supplier<EscalationAnswer> answer) {
    if (into != null) {
      return refuse(new EscalationRejection.LivesOn(into));
    }
    return open ? answer.get() : refuse(new EscalationRejection.Over());
  }

  private EscalationAnswer record(EscalationEvent event, Instant at) {
    AggregateLifecycle.apply(event);
    return done(Recorded.NEW, at);
  }

  private EscalationAnswer done(Recorded recorded, Instant at) {
    if (category == null) {
      throw new IllegalStateException("an escalation begins with a raising");
    }
    return new Done(recorded, category, Duration.between(raisedAt, at));
  }

  private static EscalationAnswer refuse(EscalationRejection rejection) {
    return new Refused(rejection);
  }
}

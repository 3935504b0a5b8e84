package io.countersign.kernel.escalation;

import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import java.util.UUID;

/** Commands for an escalation. {@code by} is always who authenticated, or an automation. */
public sealed interface EscalationCommand extends AggregateCommand {

  /** The escalation. */
  EscalationId escalation();

  @Override
  default String aggregateId() {
    return escalation().toString();
  }

  /**
   * Asks somebody to look at something.
   *
   * @param escalation which follows from the dedupe key
   * @param occurrence what came up: the same id is the same occurrence, told again
   * @param category what kind of matter
   * @param severity how bad
   * @param cause what it is about
   * @param dedupeKey what is the same matter
   * @param plan who is asked when
   * @param context canonical JSON, to be sealed
   * @param contextSha256 its digest
   * @param by who raises it
   * @param at when
   */
  record Raise(
      EscalationId escalation,
      UUID occurrence,
      Category category,
      Severity severity,
      Cause cause,
      String dedupeKey,
      Plan plan,
      SealedText context,
      String contextSha256,
      Actor by,
      Instant at)
      implements EscalationCommand {}

  /** I have seen it. */
  record Acknowledge(EscalationId escalation, Actor by, Instant at) implements EscalationCommand {}

  /** Somebody is to have it. */
  record Assign(EscalationId escalation, String to, Actor by, Instant at)
      implements EscalationCommand {}

  /** Not before then. */
  record Snooze(EscalationId escalation, Instant until, Plan plan, Actor by, Instant at)
      implements EscalationCommand {}

  /** It is the same as another one. */
  record Merge(EscalationId escalation, EscalationId into, Actor by, Instant at)
      implements EscalationCommand {}

  /**
   * The time of a level has come.
   *
   * @param escalation the escalation
   * @param episode whose plan said so
   * @param level 2 or 3
   * @param due the time of that plan
   * @param at now
   */
  record RaiseLevel(EscalationId escalation, int episode, int level, Instant due, Instant at)
      implements EscalationCommand {}

  /** It is over. */
  record Resolve(EscalationId escalation, Resolution code, SealedText text, Actor by, Instant at)
      implements EscalationCommand {}

  /** A team was told. */
  record RecordDelivered(
      EscalationId escalation, UUID delivery, String channel, int level, int attempts, Instant at)
      implements EscalationCommand {}

  /** A team could not be told. */
  record RecordFailed(
      EscalationId escalation,
      UUID delivery,
      String channel,
      int level,
      int attempts,
      String code,
      Instant at)
      implements EscalationCommand {}
}

package io.countersign.kernel.escalation;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.SealedText;
import java.time.Instant;
import java.util.UUID;

/** Facts about an escalation. */
public sealed interface EscalationEvent {

  /** The escalation. */
  EscalationId escalation();

  /**
   * Somebody is asked to look at it. Also when it comes up again after it was over.
   *
   * @param escalation the escalation
   * @param occurrence what came up: told again with this id, it is the same
   * @param episode 1 for the first time, one more each time it comes up again
   * @param category what kind of matter
   * @param severity how bad
   * @param cause what it is about
   * @param dedupeKey what is the same matter
   * @param plan who is asked when
   * @param context what a human needs to decide: canonical JSON, sealed
   * @param contextSha256 SHA-256 of the context in clear, in lower case hexadecimal
   * @param by who raised it
   * @param at when
   */
  record Raised(
      EscalationId escalation,
      UUID occurrence,
      int episode,
      Category category,
      Severity severity,
      Cause cause,
      String dedupeKey,
      Plan plan,
      SealedText context,
      String contextSha256,
      Actor by,
      Instant at)
      implements EscalationEvent {}

  /**
   * The same matter came up again while it was open.
   *
   * @param escalation the escalation
   * @param occurrence what came up
   * @param cause what it is about
   * @param occurrences how often so far in this episode
   * @param at when
   */
  record Repeated(
      EscalationId escalation, UUID occurrence, Cause cause, int occurrences, Instant at)
      implements EscalationEvent {}

  /** Somebody has seen it: it climbs no more. */
  record Acknowledged(EscalationId escalation, int level, Actor by, Instant at)
      implements EscalationEvent {}

  /**
   * Somebody has it now.
   *
   * @param escalation the escalation
   * @param to name of a principal or a team
   * @param by who said so
   * @param at when
   */
  record Assigned(EscalationId escalation, String to, Actor by, Instant at)
      implements EscalationEvent {}

  /**
   * Nobody is asked until then; what remains of the plan is moved.
   *
   * @param escalation the escalation
   * @param episode which episode
   * @param until when it wakes
   * @param plan who is asked when from then on
   * @param by who said so
   * @param at when
   */
  record Snoozed(
      EscalationId escalation, int episode, Instant until, Plan plan, Actor by, Instant at)
      implements EscalationEvent {}

  /** It is the same as another one and lives on in that. */
  record Merged(EscalationId escalation, EscalationId into, Actor by, Instant at)
      implements EscalationEvent {}

  /**
   * Nobody answered in time: the next level is asked.
   *
   * @param escalation the escalation
   * @param episode which episode
   * @param level 2 or 3
   * @param team who is asked now
   * @param due when it had to be raised
   * @param at when it was
   */
  record LevelRaised(
      EscalationId escalation, int episode, int level, String team, Instant due, Instant at)
      implements EscalationEvent {}

  /** It is over. */
  record Resolved(EscalationId escalation, Resolution code, SealedText text, Actor by, Instant at)
      implements EscalationEvent {}

  /**
   * A team was told.
   *
   * @param escalation the escalation
   * @param delivery id the receiver can tell repetitions by
   * @param channel name of the channel, with a number where it has several recipients
   * @param level whose team was told
   * @param attempts how many it took
   * @param at when
   */
  record NotificationDelivered(
      EscalationId escalation, UUID delivery, String channel, int level, int attempts, Instant at)
      implements EscalationEvent {}

  /**
   * A team could not be told.
   *
   * @param escalation the escalation
   * @param delivery id of the delivery
   * @param channel name of the channel, with a number where it has several recipients
   * @param level whose team was to be told
   * @param attempts how many there were
   * @param code why the last one failed
   * @param at when it was given up
   */
  record NotificationFailed(
      EscalationId escalation,
      UUID delivery,
      String channel,
      int level,
      int attempts,
      String code,
      Instant at)
      implements EscalationEvent {}
}

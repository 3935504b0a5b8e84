package io.countersign.command.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.command.reconciliation.RunTable.Status;
import io.countersign.kernel.reconciliation.ReconciliationEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How comparing a project stands.
 *
 * @param project its id
 * @param name what the source calls it
 * @param reached up to when all was compared; absent before the first comparison
 * @param running whether it is being compared now
 * @param run the run that runs, or was the last
 * @param asked what made it run: schedule, demand or full
 * @param startedAt when it started
 * @param endedAt when it ended
 * @param outcome of the last run that ended: compared or failed
 * @param reason why it failed
 * @param missing what it found missing
 * @param filled how many of these are in the log
 * @param silent whether things changed lately and no webhook told any of them
 * @param hooks what is not well with the webhooks' subscriptions, in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReconciliationView(
    String project,
    String name,
    @Nullable Instant reached,
    boolean running,
    @Nullable UUID run,
    @Nullable String asked,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    @Nullable String reason,
    long missing,
    long filled,
    boolean silent,
    @Nullable String hooks) {

  static ReconciliationView of(Status status) {
    return new ReconciliationView(
        status.project().toString(),
        status.name(),
        status.reached(),
        status.running(),
        status.run(),
        status.asked(),
        status.startedAt(),
        status.endedAt(),
        status.outcome(),
        status.reason(),
        status.missing(),
        status.filled(),
        status.silent(),
        status.hooks());
  }

  /** All projects. */
  record All(List<ReconciliationView> items) {}

  /**
   * One recorded result.
   *
   * @param sequence its place among the results of its project, from 0
   * @param recordedAt when
   * @param kind the event's name
   * @param actor who asked
   * @param event the event
   */
  record Result(
      long sequence, Instant recordedAt, String kind, String actor, ReconciliationEvent event) {}

  /**
   * Results, newest first.
   *
   * @param items the results
   * @param next what to pass as {@code before} for older ones; absent when there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Results(List<Result> items, @Nullable Long next) {}
}

package io.countersign.command.inbox;

import io.countersign.command.inbox.DeliveryQueries.State;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.sql.Types;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators may do to deliveries. Everything is recorded with who, when and why. */
final class InboxOperations {

  private static final Set<String> CAN_RETRY = Set.of("quarantined", "ignored", "evicted");
  private static final Set<String> CAN_EVICT = Set.of("received", "quarantined");

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final DeliveryQueries queries;
  private final InstantSource clock;
  private final UUID node;
  private final Runnable wakeWorkers;

  InboxOperations(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      DeliveryQueries queries,
      InstantSource clock,
      UUID node,
      Runnable wakeWorkers) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.queries = queries;
    this.clock = clock;
    this.node = node;
    this.wakeWorkers = wakeWorkers;
  }

  /**
   * Puts a quarantined, ignored or evicted delivery back at its old place in its lane, with a fresh
   * count of attempts; one that waits in backoff becomes due at once.
   *
   * @throws ProblemException not found; or not in a state to be retried; or its content is gone
   */
  void retry(UUID id, Principal principal, @Nullable String reason) {
    transactions.executeWithoutResult(
        _ -> {
          State state = find(id);
          long position = state.summary().position();
          if (state.summary().status().equals("received")) {
            jdbc.sql("update inbox.pending set next_attempt_at = now() where position = :position")
                .param("position", position)
                .update();
          } else {
            require(state, CAN_RETRY, "retried");
            putBack(state);
          }
          record(position, "retry", principal, reason);
        });
    wakeWorkers.run();
  }

  /**
   * Takes a waiting or quarantined delivery out for good, unless it is retried by hand.
   *
   * @throws ProblemException not found; or not in a state to be evicted; or being handled
   */
  void evict(UUID id, Principal principal, String reason) {
    transactions.executeWithoutResult(
        _ -> {
          State before = find(id);
          lease(before);
          State state = find(id);
          require(state, CAN_EVICT, "evicted");
          long position = state.summary().position();
          jdbc.sql("delete from inbox.pending where position = :position")
              .param("position", position)
              .update();
          jdbc.sql(
                  """
                  insert into inbox.outcome (position, at, attempt, status, code)
                  values (:position, :at, :attempt, 'evicted', 'operator')
                  """)
              .param("position", position)
              .param("at", Times.sql(clock.instant()))
              .param("attempt", state.summary().attempts())
              .update();
          record(position, "evict", principal, reason);
          jdbc.sql("delete from inbox.lane_lease where lane = :lane and node = :node")
              .param("lane", state.summary().lane())
              .param("node", node)
              .update();
        });
  }

  /** Records that somebody is about to see a delivery's content. */
  void readsBody(long position, Principal principal) {
    record(position, "read-body", principal, null);
  }

  private State find(UUID id) {
    return queries
        .find(id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no delivery " + id));
  }

  private static void require(State state, Set<String> permitted, String done) {
    if (!permitted.contains(state.summary().status())) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "A delivery that is %s cannot be %s".formatted(state.summary().status(), done));
    }
  }

  private void putBack(State state) {
    if (!state.summary().contentKept()) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "Its content was too large and was not kept");
    }
    int rows =
        jdbc.sql(
                """
                insert into inbox.pending (position, lane, received_at)
                select d.position, d.lane, d.received_at
                from inbox.delivery d join inbox.body b on b.day = d.day and b.delivery_id = d.id
                where d.position = :position
                on conflict (position) do update set next_attempt_at = now()
                """)
            .param("position", state.summary().position())
            .update();
    if (rows == 0) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "Its content is past retention and destroyed");
    }
  }

  /** Works on the lane like a worker does, so that nothing is evicted while it is handled. */
  private void lease(State state) {
    int rows =
        jdbc.sql(
                """
                insert into inbox.lane_lease (lane, position, node, expires_at)
                values (:lane, :position, :node, now() + interval '1 minute')
                on conflict (lane) do nothing
                """)
            .param("lane", state.summary().lane())
            .param("position", state.summary().position())
            .param("node", node)
            .update();
    if (rows == 0) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "A delivery of its lane is being handled right now; try again in a moment");
    }
  }

  private void record(long position, String kind, Principal principal, @Nullable String reason) {
    var insert =
        jdbc.sql(
                """
                insert into inbox.operation (position, kind, principal, at, reason)
                values (:position, :kind, :principal, :at, :reason)
                """)
            .param("position", position)
            .param("kind", kind)
            .param("principal", principal.name())
            .param("at", Times.sql(clock.instant()));
    insert.param("reason", reason, Types.VARCHAR).update();
  }
}

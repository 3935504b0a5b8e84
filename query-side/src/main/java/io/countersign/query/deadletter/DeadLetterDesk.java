package io.countersign.query.deadletter;

import io.countersign.kernel.Actor;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.projection.DeadLetterEvent;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersEvicted;
import io.countersign.kernel.projection.DeadLetterEvent.DeadLettersRetried;
import io.countersign.query.deadletter.DeadLetterTable.Recorded;
import io.countersign.query.deadletter.DeadLetterTable.Untried;
import io.countersign.query.projection.DeadLetterOutbox;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.Poison;
import io.countersign.query.projection.RowsRefusedException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tries dead letters again, and gives them up. What is done and that it was done commit together;
 * the same request again does nothing and is answered as before. Blocks.
 */
final class DeadLetterDesk {

  /** Sequences that one request tries at most; who asked asks again until none is untried. */
  static final int MOST_SEQUENCES = 100;

  private final DeadLetterTable table;
  private final DataSource dataSource;
  private final TransactionTemplate transaction;
  private final Function<String, Optional<Generation>> projections;
  private final Serializer events;
  private final Runnable tell;

  /**
   * A desk.
   *
   * @param projections by the names of their processors
   * @param events serializer of events
   * @param tell tells the log what happened
   */
  DeadLetterDesk(
      DeadLetterTable table,
      DataSource dataSource,
      Function<String, Optional<Generation>> projections,
      Serializer events,
      Runnable tell) {
    this.table = table;
    this.dataSource = dataSource;
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.projections = projections;
    this.events = events;
    this.tell = tell;
  }

  /**
   * What trying all came to.
   *
   * @param id of the request
   * @param sequences how many sequences were tried
   * @param applied how many events are in the rows now
   * @param stillParked how many sequences still wait; also those whose processor this node does not
   *     know
   * @param untried how many sequences were not tried yet: the same request again tries them
   */
  record RetriedAll(UUID id, int sequences, int applied, int stillParked, int untried) {}

  /** Tries one sequence again, up to the first event that fails. */
  DeadLettersRetried retry(UUID request, UUID parked, String reason, Actor by) {
    var done =
        decide(
            request,
            request,
            parked,
            DeadLettersRetried.class,
            sequence -> retried(sequence, reason),
            by);
    tell.run();
    return done;
  }

  /** Tries sequences again, each by itself. */
  RetriedAll retryAll(UUID request, @Nullable String projection, String reason, Actor by) {
    if (table.recorded(request).stream().anyMatch(known -> known.id().equals(request))) {
      throw otherRequest(request);
    }
    List<Untried> waiting = table.untried(request, projection);
    List<UUID> untried =
        waiting.stream()
            .filter(one -> projections.apply(one.processor()).isPresent())
            .map(Untried::id)
            .toList();
    for (UUID parked : untried.subList(0, Math.min(MOST_SEQUENCES, untried.size()))) {
      try {
        decide(
            own(request, parked),
            request,
            parked,
            DeadLettersRetried.class,
            sequence -> retried(sequence, reason),
            by);
      } catch (ProblemException e) {
        if (e.type() != ProblemType.NOT_FOUND) { // somebody else was faster
          throw e;
        }
      }
    }
    tell.run();
    List<DeadLettersRetried> all =
        table.recorded(request).stream().map(known -> (DeadLettersRetried) known.event()).toList();
    return new RetriedAll(
        request,
        all.size(),
        all.stream().mapToInt(DeadLettersRetried::applied).sum(),
        waiting.size() - untried.size() + (int) all.stream().filter(one -> one.left() > 0).count(),
        Math.max(0, untried.size() - MOST_SEQUENCES));
  }

  /** Gives up what waits of a sequence. */
  DeadLettersEvicted evict(UUID request, UUID parked, String reason, Actor by) {
    var done =
        decide(
            request,
            request,
            parked,
            DeadLettersEvicted.class,
            sequence -> evicted(request, sequence, reason),
            by);
    tell.run();
    return done;
  }

  private <T extends DeadLetterEvent> T decide(
      UUID id,
      UUID request,
      UUID parked,
      Class<T> kind,
      Function<ParkedSequence, T> act,
      Actor by) {
    try {
      return Objects.requireNonNull(
          transaction.execute(_ -> decideOnce(id, request, parked, kind, act, by)));
    } catch (RowsRefusedException e) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The database failed with SQLSTATE %s: nothing was changed".formatted(e.sqlState()));
    }
  }

  private <T extends DeadLetterEvent> T decideOnce(
      UUID id,
      UUID request,
      UUID parked,
      Class<T> kind,
      Function<ParkedSequence, T> act,
      Actor by) {
    ParkedSequence sequence = table.lock(parked).orElse(null);
    // after the lock: the same request may just have been at it
    List<Recorded> known = table.recorded(request);
    for (Recorded one : known) {
      if (one.id().equals(id) && one.parked().equals(parked) && kind.isInstance(one.event())) {
        return kind.cast(one.event());
      }
    }
    if (id.equals(request) && !known.isEmpty()) {
      throw otherRequest(request);
    }
    if (sequence == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There is no such parked sequence; it may be over");
    }
    T event = act.apply(sequence);
    try {
      DeadLetterOutbox.add(connection(), id, request, event, by);
    } catch (SQLException e) {
      throw failed(e);
    }
    return event;
  }

  private DeadLettersRetried retried(ParkedSequence parked, String reason) {
    Generation generation =
        projections
            .apply(parked.processor())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.WRONG_STATE,
                        "This node knows no processor %s".formatted(parked.processor())));
    List<Long> entries = table.entries(parked.id());
    Retrying.Outcome outcome;
    try {
      outcome =
          new Retrying(generation.projection(), generation.schema(), events)
              .run(connection(), parked.sequence(), entries);
    } catch (SQLException e) {
      throw failed(e);
    }
    Poison poison = outcome.poison();
    Long stoppedAt = outcome.stoppedAt();
    if (poison == null || stoppedAt == null) {
      table.remove(parked.id());
    } else {
      table.stopped(parked.id(), stoppedAt, poison);
    }
    return new DeadLettersRetried(
        parked.projection(),
        parked.processor(),
        parked.id(),
        parked.sequence(),
        reason,
        outcome.applied(),
        entries.size() - outcome.applied(),
        stoppedAt,
        poison == null ? null : poison.code());
  }

  private DeadLettersEvicted evicted(UUID event, ParkedSequence parked, String reason) {
    table.remove(parked.id());
    table.evicted(event, parked.processor());
    return new DeadLettersEvicted(
        parked.projection(),
        parked.processor(),
        parked.id(),
        parked.sequence(),
        reason,
        parked.letters(),
        parked.firstEntry(),
        parked.lastEntry());
  }

  /** The connection of the transaction this thread is in. */
  private Connection connection() {
    return DataSourceUtils.getConnection(dataSource);
  }

  private static RowsRefusedException failed(SQLException e) {
    return new RowsRefusedException("query", "dead_letter", e.getSQLState());
  }

  /** The same for the same sequence of the same request, whoever does it and how often. */
  private static UUID own(UUID request, UUID parked) {
    return UUID.nameUUIDFromBytes((request + "/" + parked).getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException otherRequest(UUID request) {
    return new ProblemException(
        ProblemType.CONFLICT, "The id belongs to another request", Map.of("request", request));
  }
}

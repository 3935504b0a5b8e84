package io.countersign.query.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * A projection's one Axon event handler: offers it the events of its family, collects the changes
 * of a unit of work and writes them before it commits, in the transaction of the token. What cannot
 * be folded waits for that too: it is parked there.
 */
final class ProjectionEventHandler<E> implements EventMessageHandler {

  private final Projection<E> projection;
  private final Fold<E> fold;
  private final ProjectionTransactions transactions;
  private final LiveRows live;
  private final TokenAgain tokens;
  private final String batchResource;
  private final String segmentResource;
  private final String tokenResource;
  private final Map<Integer, Failure> failures = new ConcurrentHashMap<>();
  private final Counter events;
  private final Counter rows;
  private final Timer flush;

  /** Stores a segment's token, in the transaction of this thread. */
  interface TokenAgain {
    void store(TrackingToken token, int segment);
  }

  ProjectionEventHandler(
      Projection<E> projection,
      String processor,
      LiveRows live,
      ProjectionTransactions transactions,
      TokenAgain tokens,
      MeterRegistry metrics) {
    this.projection = projection;
    this.fold = new Fold<>(projection);
    this.transactions = transactions;
    this.live = live;
    this.tokens = tokens;
    this.batchResource = "rows of " + processor;
    this.segmentResource = "Processor[%s]/SegmentId".formatted(processor);
    this.tokenResource = "Processor[%s]/Token".formatted(processor);
    String[] tags = {"processor", processor};
    this.events =
        Counter.builder("countersign.projection.events")
            .description("Events a projection handled")
            .tags(tags)
            .register(metrics);
    this.rows =
        Counter.builder("countersign.projection.rows")
            .description("Rows a projection wrote")
            .tags(tags)
            .register(metrics);
    this.flush =
        Timer.builder("countersign.projection.flush")
            .description("Writing the rows of one unit of work")
            .tags(tags)
            .register(metrics);
  }

  /** Of a generation; more than so many dead letters are not taken. */
  static ProjectionEventHandler<?> of(
      Generation generation,
      int deadLetters,
      ProjectionTransactions transactions,
      TokenAgain tokens,
      MeterRegistry metrics) {
    Projection<?> projection = generation.projection();
    String processor = generation.processor();
    var live =
        new LiveRows(
            projection,
            generation.schema(),
            new Parking(processor, projection.name()),
            deadLetters);
    return new ProjectionEventHandler<>(projection, processor, live, transactions, tokens, metrics);
  }

  /**
   * What stopped a segment on this node.
   *
   * @param index entry it did not get past
   * @param code class of the error or SQLSTATE
   */
  record Failure(long index, String code) {}

  /** By segment, until the segment commits again on this node. */
  Map<Integer, Failure> failures() {
    return Map.copyOf(failures);
  }

  @Override
  public boolean canHandle(EventMessage<?> message) {
    return fold.accepts(message.getPayloadType());
  }

  @Override
  public @Nullable Object handle(EventMessage<?> message) {
    UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
    LiveBatch batch = batchOf(unitOfWork);
    long index = indexOf(message);
    try {
      batch.add(index, message, fold.changes(index, message));
    } catch (RuntimeException e) {
      Poison poison = live.poison(e);
      if (poison != null) {
        batch.addPoisoned(index, message, poison);
        return null;
      }
      failures.put(segment(unitOfWork), new Failure(index, e.getClass().getSimpleName()));
      throw e;
    }
    return null;
  }

  /** Its segment was claimed, on this node or another. */
  void claimed(int segment) {
    live.claimed(segment);
  }

  private LiveBatch batchOf(UnitOfWork<?> unitOfWork) {
    return unitOfWork.getOrComputeResource(
        batchResource,
        _ -> {
          LiveBatch created = new LiveBatch(fold, projection.tables());
          unitOfWork.onPrepareCommit(work -> write(created, work));
          unitOfWork.afterCommit(work -> failures.remove(segment(work)));
          return created;
        });
  }

  private void write(LiveBatch batch, UnitOfWork<?> unitOfWork) {
    int segment = segment(unitOfWork);
    try {
      rows.increment(
          flush.record(
              () ->
                  live.write(
                      transactions.connection(),
                      segment,
                      batch,
                      () -> again(unitOfWork, segment))));
      events.increment(batch.events().size());
    } catch (RowsRefusedException e) {
      failures.put(segment, new Failure(batch.lastIndex(), "sqlstate-" + e.sqlState()));
      throw e;
    } catch (DeadLettersFullException e) {
      failures.put(segment, new Failure(batch.lastIndex(), "dead-letters-full"));
      throw e;
    }
  }

  /** The token was stored before the rows: with them it is undone, and has to be stored again. */
  private Connection again(UnitOfWork<?> unitOfWork, int segment) {
    transactions.beginAgain();
    TrackingToken token = unitOfWork.root().getResource(tokenResource);
    tokens.store(token, segment);
    return transactions.connection();
  }

  private int segment(UnitOfWork<?> unitOfWork) {
    Integer segment = unitOfWork.root().getResource(segmentResource);
    return segment == null ? -1 : segment;
  }

  private static long indexOf(EventMessage<?> message) {
    if (message instanceof TrackedEventMessage<?> tracked) {
      return TokenPosition.of(tracked.trackingToken());
    }
    throw new IllegalStateException("projections run on streaming processors only");
  }
}

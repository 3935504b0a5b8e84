package io.countersign.query.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * A projection's one Axon event handler: offers it the events of its family, collects the changes
 * of a unit of work and writes them before it commits, in the transaction of the token.
 */
final class ProjectionEventHandler<E> implements EventMessageHandler {

  private final Projection<E> projection;
  private final String schema;
  private final Fold<E> fold;
  private final ProjectionTransactions transactions;
  private final String buffer;
  private final String segmentResource;
  private final Map<Integer, Failure> failures = new ConcurrentHashMap<>();
  private final Counter events;
  private final Counter rows;
  private final Timer flush;

  ProjectionEventHandler(
      Projection<E> projection,
      Generation generation,
      ProjectionTransactions transactions,
      MeterRegistry metrics) {
    this.projection = projection;
    this.schema = generation.schema();
    this.fold = new Fold<>(projection);
    this.transactions = transactions;
    this.buffer = "rows of " + generation.processor();
    this.segmentResource = "Processor[%s]/SegmentId".formatted(generation.processor());
    String[] tags = {"processor", generation.processor()};
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

  /** Of a generation. */
  static ProjectionEventHandler<?> of(
      Generation generation, ProjectionTransactions transactions, MeterRegistry metrics) {
    return new ProjectionEventHandler<>(generation.projection(), generation, transactions, metrics);
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
    RowBuffer rowBuffer = bufferOf(unitOfWork);
    long index = indexOf(message);
    try {
      rowBuffer.add(index, fold.changes(index, message));
    } catch (RuntimeException e) {
      failures.put(segment(unitOfWork), new Failure(index, e.getClass().getSimpleName()));
      throw e;
    }
    return null;
  }

  private RowBuffer bufferOf(UnitOfWork<?> unitOfWork) {
    return unitOfWork.getOrComputeResource(
        buffer,
        _ -> {
          RowBuffer created = new RowBuffer(projection.tables());
          unitOfWork.onPrepareCommit(work -> write(created, segment(work)));
          unitOfWork.afterCommit(work -> failures.remove(segment(work)));
          return created;
        });
  }

  private void write(RowBuffer rowBuffer, int segment) {
    try {
      int handled = rowBuffer.events();
      rows.increment(flush.record(() -> rowBuffer.flush(transactions.connection(), schema)));
      events.increment(handled);
    } catch (RowsRefusedException e) {
      failures.put(segment, new Failure(rowBuffer.lastIndex(), "sqlstate-" + e.sqlState()));
      throw e;
    }
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

package io.countersign.query.projection;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * A projection's one Axon event handler: offers it the events of its family, collects the changes
 * of a unit of work and writes them before it commits, in the transaction of the token.
 */
final class ProjectionEventHandler<E> implements EventMessageHandler {

  private final Projection<E> projection;
  private final ProjectionTransactions transactions;
  private final String buffer;
  private final String segmentResource;
  private final Map<Integer, Failure> failures = new ConcurrentHashMap<>();
  private final Counter events;
  private final Counter rows;
  private final Timer flush;

  ProjectionEventHandler(
      Projection<E> projection, ProjectionTransactions transactions, MeterRegistry metrics) {
    this.projection = projection;
    this.transactions = transactions;
    this.buffer = "rows of " + projection.processor();
    this.segmentResource = "Processor[%s]/SegmentId".formatted(projection.processor());
    String[] tags = {"processor", projection.processor()};
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
    return projection.takes(message.getPayloadType())
        || message.getPayloadType() == PayloadPurged.class;
  }

  @Override
  public @Nullable Object handle(EventMessage<?> message) {
    UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
    RowBuffer rowBuffer = bufferOf(unitOfWork);
    long index = indexOf(message);
    try {
      rowBuffer.add(index, changes(index, message));
    } catch (RuntimeException e) {
      failures.put(segment(unitOfWork), new Failure(index, e.getClass().getSimpleName()));
      throw e;
    }
    return null;
  }

  private List<RowChange> changes(long index, EventMessage<?> message) {
    return message.getPayload() instanceof PayloadPurged purged
        ? projection.onPurged(index, purged)
        : projection.on(
            index,
            projection.family().cast(message.getPayload()),
            provenance(message.getMetaData()));
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
      rows.increment(
          flush.record(() -> rowBuffer.flush(transactions.connection(), projection.schema())));
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

  private static Provenance provenance(MetaData metaData) {
    return new Provenance(
        new Actor(text(metaData, Provenance.ACTOR, "source:unknown")),
        text(metaData, Provenance.CORRELATION_ID, ""),
        text(metaData, Provenance.CAUSATION_ID, ""),
        (String) metaData.get(Provenance.DELIVERY_ID));
  }

  private static String text(MetaData metaData, String key, String otherwise) {
    return metaData.get(key) instanceof String value ? value : otherwise;
  }
}

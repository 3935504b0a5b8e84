package io.countersign.query.projection;

import io.countersign.kernel.Actor;
import io.countersign.kernel.Provenance;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<@Nullable String> error = new AtomicReference<>();
  private final Counter events;
  private final Counter rows;
  private final Timer flush;

  ProjectionEventHandler(
      Projection<E> projection, ProjectionTransactions transactions, MeterRegistry metrics) {
    this.projection = projection;
    this.transactions = transactions;
    this.buffer = "rows of " + projection.processor();
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

  /** Code of what went wrong last, until a unit of work commits again. */
  @Nullable String error() {
    return error.get();
  }

  @Override
  public boolean canHandle(EventMessage<?> message) {
    return projection.family().isAssignableFrom(message.getPayloadType());
  }

  @Override
  public @Nullable Object handle(EventMessage<?> message) {
    RowBuffer rowBuffer = bufferOf(CurrentUnitOfWork.get().root());
    try {
      long index = indexOf(message);
      E event = projection.family().cast(message.getPayload());
      rowBuffer.add(index, projection.on(index, event, provenance(message.getMetaData())));
    } catch (RuntimeException e) {
      error.set(e.getClass().getSimpleName());
      throw e;
    }
    return null;
  }

  private RowBuffer bufferOf(UnitOfWork<?> unitOfWork) {
    return unitOfWork.getOrComputeResource(
        buffer,
        _ -> {
          RowBuffer created = new RowBuffer(projection.tables());
          unitOfWork.onPrepareCommit(_ -> write(created));
          unitOfWork.afterCommit(_ -> error.set(null));
          return created;
        });
  }

  private void write(RowBuffer rowBuffer) {
    try {
      int handled = rowBuffer.events();
      rows.increment(
          flush.record(() -> rowBuffer.flush(transactions.connection(), projection.schema())));
      events.increment(handled);
    } catch (RowsRefusedException e) {
      error.set("sqlstate-" + e.sqlState());
      throw e;
    }
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

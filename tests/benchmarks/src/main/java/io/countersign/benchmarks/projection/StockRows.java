package io.countersign.benchmarks.projection;

import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Projection;
import java.sql.SQLException;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/** The same fold as an Axon application without anything of ours writes it: event by event. */
final class StockRows implements EventMessageHandler {

  private final Fold<?> fold;
  private final Projection<?> projection;
  private final StockStorage storage;

  StockRows(Projection<?> projection, StockStorage storage) {
    this.fold = new Fold<>(projection);
    this.projection = projection;
    this.storage = storage;
  }

  @Override
  public boolean canHandle(EventMessage<?> message) {
    return projection.takes(message.getPayloadType());
  }

  @Override
  public Object handle(EventMessage<?> message) throws SQLException {
    long index =
        ((GlobalSequenceTrackingToken) ((TrackedEventMessage<?>) message).trackingToken())
            .getGlobalIndex();
    storage.write(index, fold.changes(index, message));
    return "";
  }
}

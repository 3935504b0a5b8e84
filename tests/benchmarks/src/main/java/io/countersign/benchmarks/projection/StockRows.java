package io.countersign.benchmarks.projection;

import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The same fold as an Axon application without anything of ours writes it: what an event changes
 * goes to the database at once, one statement for each table, in the transaction of the batch.
 */
final class StockRows implements EventMessageHandler {

  private final Fold<?> fold;
  private final Projection<?> projection;
  private final Supplier<Connection> connections;

  StockRows(Projection<?> projection, Supplier<Connection> connections) {
    this.fold = new Fold<>(projection);
    this.projection = projection;
    this.connections = connections;
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
    var rows = new RowBuffer(projection.tables());
    rows.add(index, fold.changes(index, message));
    rows.flush(connections.get(), projection.schema());
    return "";
  }
}

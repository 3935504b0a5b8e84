package io.countersign.benchmarks.projection;

import io.countersign.query.projection.RowChange;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.Serializer;

/** How an Axon application without anything of ours stores rows and tokens, in one transaction. */
public interface StockStorage extends AutoCloseable {

  /** In a word. */
  String name();

  /** Where tokens go; their table is empty. */
  TokenStore tokens(Serializer serializer) throws SQLException;

  /** Begins and ends the transactions both are in. */
  TransactionManager transactions();

  /**
   * Writes what one event changed, in the transaction of this thread.
   *
   * @param index index of the event's entry
   */
  void write(long index, List<RowChange> changes) throws SQLException;

  @Override
  void close();
}

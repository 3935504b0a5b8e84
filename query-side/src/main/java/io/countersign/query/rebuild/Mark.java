package io.countersign.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;

/** Marks, in the transaction that does it, that an operation is done: so it is done once. */
public interface Mark {

  /** Marks nothing. */
  Mark NONE = _ -> true;

  /** Whether it was not marked before. */
  boolean on(Connection connection) throws SQLException;
}

package io.countersign.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL did not take rows of a projection. Carries the place and the code and leaves the
 * driver's message behind, which repeats values.
 */
public final class RowsRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;

  RowsRefusedException(String schema, String table, @Nullable String sqlState) {
    super("rows of %s.%s were refused with SQLSTATE %s".formatted(schema, table, sqlState));
    this.sqlState = String.valueOf(sqlState);
  }

  /** The SQLSTATE. */
  public String sqlState() {
    return sqlState;
  }
}

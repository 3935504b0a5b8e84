package io.countersign.query.projection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL did not take rows of a projection. Carries the place and the code and leaves the
 * driver's message behind, which repeats values.
 */
public final class RowsRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;

  /** Refused rows of this table. */
  public RowsRefusedException(String schema, String table, @Nullable String sqlState) {
    super("rows of %s.%s were refused with SQLSTATE %s".formatted(schema, table, sqlState));
    this.sqlState = String.valueOf(sqlState);
  }

  private RowsRefusedException(String message, String sqlState) {
    super(message);
    this.sqlState = sqlState;
  }

  /**
   * PostgreSQL refused rows of a table. Names the constraint or column it says, and nothing of what
   * they hold.
   */
  static RowsRefusedException of(String schema, String table, SQLException refusal) {
    String state = String.valueOf(refusal.getSQLState());
    String place = "";
    if (refusal instanceof PSQLException from && from.getServerErrorMessage() != null) {
      ServerErrorMessage message = from.getServerErrorMessage();
      place =
          message.getConstraint() != null
              ? ", constraint " + message.getConstraint()
              : message.getColumn() != null ? ", column " + message.getColumn() : "";
    }
    return new RowsRefusedException(
        "rows of %s.%s were refused with SQLSTATE %s%s".formatted(schema, table, state, place),
        state);
  }

  /** The SQLSTATE. */
  public String sqlState() {
    return sqlState;
  }
}

package io.countersign.e2e.faults;

import java.util.Locale;

/** Statements whose outcome matters, as they pass on the line. */
enum Statement {
  /** A batch for the log, which commits by itself. */
  APPEND,
  /** The end of a transaction that stored deliveries. */
  INBOX_COMMIT,
  /** The end of any other transaction. */
  COMMIT,
  /** A batch for the inbox; what commits it follows. */
  INBOX_STORE,
  /** All else. */
  OTHER;

  /** Whether the answer says that something is durable. */
  boolean commits() {
    return this == APPEND || this == INBOX_COMMIT || this == COMMIT;
  }

  static Statement of(String sql) {
    String text = sql.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("commit")) {
      return COMMIT;
    }
    if (text.contains("eventlog.append(")) {
      return APPEND;
    }
    return text.contains("insert into inbox.delivery") ? INBOX_STORE : OTHER;
  }
}

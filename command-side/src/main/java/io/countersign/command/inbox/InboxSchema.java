package io.countersign.command.inbox;

import io.countersign.eventlog.database.Schema;

/** The inbox's own schema. */
public final class InboxSchema {

  /** Migrated before the inbox starts. */
  public static final Schema INBOX = new Schema("inbox", "db/inbox");

  private InboxSchema() {}
}

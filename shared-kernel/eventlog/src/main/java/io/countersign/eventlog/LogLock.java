package io.countersign.eventlog;

/**
 * The advisory lock of the log. The append takes it for the length of its one statement; erasure
 * takes it too, so that no event sealed with a key can be appended after the key was destroyed.
 * {@code db/eventlog/V1__log.sql} spells the same number.
 */
public final class LogLock {

  /** Key of {@code pg_advisory_xact_lock}. */
  public static final long KEY = 4860331742910804321L;

  /** Channel of {@code NOTIFY}: one message a batch, its text the last index. */
  public static final String CHANNEL = "countersign_log";

  private LogLock() {}
}

package io.countersign.kernel.audit;

import org.jspecify.annotations.Nullable;

/**
 * Facts about the audit log, recorded in it: its housekeeping. Sizes count entries; roots are those
 * of RFC 6962 in standard Base64, as checkpoints write them; keys are verifier keys and statements
 * are signed notes, both of C2SP.
 */
public sealed interface AuditEvent {

  /** The origin of the log: the first line of its checkpoints. */
  String origin();

  /**
   * A key signs this log's checkpoints from now on, beside any others. The first entry of this kind
   * names the first key.
   *
   * @param origin the log
   * @param vkey the key that verifies
   * @param fromSize smallest size it signs
   */
  record KeyIntroduced(String origin, String vkey, long fromSize) implements AuditEvent {}

  /**
   * A key takes over from another. Until the old one is retired both sign.
   *
   * @param origin the log
   * @param oldKey verifier key of the one that goes
   * @param newKey verifier key of the one that comes
   * @param fromSize smallest size the new one signs
   * @param statement a note that says so, signed by both
   * @param reason why, in the words of who did it
   */
  record KeyRotated(
      String origin, String oldKey, String newKey, long fromSize, String statement, String reason)
      implements AuditEvent {}

  /**
   * A key signs no more.
   *
   * @param origin the log
   * @param vkey the key
   * @param lastSize largest size it may have signed
   */
  record KeyRetired(String origin, String vkey, long lastSize) implements AuditEvent {}

  /**
   * Somebody outside vouched that a checkpoint was there.
   *
   * @param origin the log
   * @param kind what the evidence is: {@code rfc3161}, {@code witness}, {@code file} or {@code
   *     object-store}
   * @param anchor name of the anchor in the configuration
   * @param size of the checkpoint
   * @param root of the checkpoint
   * @param evidence what the anchor answered, in Base64: the time-stamp response in DER, the
   *     cosignature lines, or the place it was stored at
   */
  record CheckpointAnchored(
      String origin, String kind, String anchor, long size, String root, String evidence)
      implements AuditEvent {}

  /**
   * An anchor fails for so long that somebody has to look. Once for what waits; an entry about its
   * next evidence ends it.
   *
   * @param origin the log
   * @param kind what its evidence would be
   * @param anchor name of the anchor in the configuration
   * @param size entries it has vouched for
   * @param intervals for how many of its intervals entries have waited
   */
  record AnchorFailing(String origin, String kind, String anchor, long size, int intervals)
      implements AuditEvent {}

  /**
   * The root of the map from each aggregate to its last entry.
   *
   * @param origin the log
   * @param size entries the map stands over
   * @param root of the map
   * @param aggregates how many there are
   */
  record HeadMapRecorded(String origin, long size, String root, long aggregates)
      implements AuditEvent {}

  /**
   * After the database had lost or changed what was signed, somebody decided to go on from what it
   * holds, under another origin.
   *
   * @param origin the log from now on
   * @param formerOrigin the log before
   * @param formerCheckpoint its last checkpoint, a signed note
   * @param keptSize entries that both have in common
   * @param reason why, in the words of who decided
   */
  record LogRestarted(
      String origin,
      String formerOrigin,
      @Nullable String formerCheckpoint,
      long keptSize,
      String reason)
      implements AuditEvent {}

  /**
   * The log was halted, what was wrong was set right, and everything was checked again before it
   * went on.
   *
   * @param origin the log
   * @param halt why it was halted: the code of the reason
   * @param index first entry that was wrong or not there
   * @param reason what was done, in the words of who decided
   */
  record SealingResumed(String origin, String halt, long index, String reason)
      implements AuditEvent {}
}

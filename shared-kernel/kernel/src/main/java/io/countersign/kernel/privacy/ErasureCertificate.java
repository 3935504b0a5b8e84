package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import java.time.Instant;
import java.util.List;

/**
 * What can be said of an erasure once it is done. Names no person but by the random id of the event
 * that holds it, and nothing that was erased.
 *
 * @param basis why
 * @param citation the article
 * @param requestedBy who asked for it
 * @param approvedBy who approved, two others
 * @param erasedAt when the keys were destroyed, at the latest
 * @param keys which
 * @param entries of the log that decided it, in order
 * @param destructions state of the key ring that every node had reached
 * @param nodesReached nodes that said so; nodes that had ended hold no keys
 * @param probe whether anything could still be opened
 * @param inboxExpires from this day (UTC) on, deliveries received until the erasure are destroyed
 *     with their daily keys
 * @param backupsExpire from this day (UTC) on, backups, write-ahead log and freed space cannot
 *     bring the keys back, when they are kept no longer than the setting says
 */
public record ErasureCertificate(
    LegalBasis basis,
    String citation,
    Actor requestedBy,
    List<Actor> approvedBy,
    Instant erasedAt,
    List<DestroyedKey> keys,
    List<DecidingEntry> entries,
    long destructions,
    int nodesReached,
    DecryptProbe probe,
    String inboxExpires,
    String backupsExpire) {

  /**
   * An entry of the log; fetch its inclusion proof by the index.
   *
   * @param index its place
   * @param name logical name of its event
   * @param hash its entry hash, hexadecimal
   */
  public record DecidingEntry(long index, String name, String hash) {}

  /**
   * All of the log was searched for text sealed with the destroyed keys, and all of it was tried.
   *
   * @param searched entries of the log that were searched
   * @param entries of these that hold such text
   * @param texts how many there were
   * @param opened how many could be opened: 0, or there is no certificate
   */
  public record DecryptProbe(long searched, long entries, long texts, long opened) {}
}

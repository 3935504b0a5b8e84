package io.countersign.kernel.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import java.time.Instant;
import java.util.List;

/**
 * What can be said of a purge once the payloads are replaced.
 *
 * @param basis why
 * @param citation the article
 * @param requestedBy who asked for it
 * @param approvedBy who approved, two others
 * @param begunAt when it was recorded that the payloads go
 * @param entries of the log that decided it, in order; those named {@code privacy.PayloadPurged}
 *     say what was removed from where, and what is left there
 * @param purged whose payloads were read again and are what is said to be left
 * @param inboxExpires from this day (UTC) on, deliveries received until then are destroyed with
 *     their daily keys
 * @param backupsExpire from this day (UTC) on, backups, write-ahead log and freed space cannot
 *     bring the payloads back, when they are kept no longer than the setting says
 */
public record PurgeCertificate(
    LegalBasis basis,
    String citation,
    Actor requestedBy,
    List<Actor> approvedBy,
    Instant begunAt,
    List<DecidingEntry> entries,
    List<NamedEntry> purged,
    String inboxExpires,
    String backupsExpire) {}

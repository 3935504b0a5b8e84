package io.countersign.command.privacy;

import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import io.countersign.kernel.privacy.PurgeCertificate;
import java.util.List;
import java.util.UUID;

/**
 * The certificate of a purge, to be kept or sent.
 *
 * @param purge id
 * @param certificate what was done
 * @param recordedAs the entry that holds the certificate: fetch its inclusion proof by its index
 * @param says what it means and what it does not, in sentences
 */
public record PurgeCertificateView(
    UUID purge, PurgeCertificate certificate, DecidingEntry recordedAs, List<String> says) {

  static PurgeCertificateView of(
      UUID purge, PurgeCertificate certificate, DecidingEntry recordedAs) {
    return new PurgeCertificateView(
        purge,
        certificate,
        recordedAs,
        List.of(
            "The free text of %d entries was removed from the log. Each was read again: its payload is, byte for byte, what the entry privacy.PayloadPurged says is left."
                .formatted(certificate.purged().size()),
            "The entries stay in the log with the digests of what was there. Whoever has the removed bytes can show that they were; from the digest nobody gets them.",
            "The keys of the text are not destroyed: until %s backups, the write-ahead log and freed space of the database's files may hold the ciphertext, when they are kept no longer than the setting says."
                .formatted(certificate.backupsExpire()),
            "Deliveries that were received before are kept as they came, sealed, until %s."
                .formatted(certificate.inboxExpires()),
            "It is silent about exports, bundles of evidence made before, and the source."));
  }
}

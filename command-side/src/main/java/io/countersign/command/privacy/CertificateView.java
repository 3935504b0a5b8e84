package io.countersign.command.privacy;

import io.countersign.kernel.privacy.ErasureCertificate;
import io.countersign.kernel.privacy.ErasureCertificate.DecidingEntry;
import java.util.List;
import java.util.UUID;

/**
 * The certificate of an erasure, to be kept or sent.
 *
 * @param erasure id
 * @param subject whom, by the random id
 * @param certificate what was found
 * @param recordedAs the entry that holds the certificate: fetch its inclusion proof by its index
 * @param says what it means and what it does not, in sentences
 */
public record CertificateView(
    UUID erasure,
    UUID subject,
    ErasureCertificate certificate,
    DecidingEntry recordedAs,
    List<String> says) {

  static CertificateView of(
      UUID erasure, UUID subject, ErasureCertificate certificate, DecidingEntry recordedAs) {
    var probe = certificate.probe();
    return new CertificateView(
        erasure,
        subject,
        certificate,
        recordedAs,
        List.of(
            "%d key(s) were destroyed. All %d entries of the log were searched: %d text(s) in %d entries had been sealed with these keys, and %d of them could be opened."
                .formatted(
                    certificate.keys().size(),
                    probe.searched(),
                    probe.texts(),
                    probe.entries(),
                    probe.opened()),
            "%d node(s) ran, and each had dropped the keys from memory; nodes that had ended hold none."
                .formatted(certificate.nodesReached()),
            "Deliveries received before are kept as they came, sealed with daily keys, and cannot be read from %s on."
                .formatted(certificate.inboxExpires()),
            "The wrapped keys may survive in freed space of the database's files, in its write-ahead log and in backups. Who has one of these and the master key could read what was erased until %s, provided that none is kept longer than the setting says."
                .formatted(certificate.backupsExpire()),
            "Text that others wrote is erased only where its owner is among the keys above."));
  }
}

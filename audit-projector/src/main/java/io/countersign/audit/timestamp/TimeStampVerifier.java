package io.countersign.audit.timestamp;

import io.countersign.audit.timestamp.TimeStampRefusedException.Reason;
import io.countersign.auditlog.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Verifies time-stamps offline, years later too: what counts is whether certificates were valid at
 * the time of the time-stamp. Whether one was revoked is not asked, for that would need a network.
 *
 * <p>For evidence in a published log: {@code verify} the bytes of {@code anchors/SIZE-NAME.tsr}
 * against those of {@code anchors/SIZE-NAME.checkpoint}, which is the checkpoint exactly as it was
 * stamped, then verify that checkpoint like any other, with the log's key. In the log's own entries
 * the response is the evidence of the entry, in Base64.
 *
 * <pre>{@code
 * var verifier = TimeStampVerifier.trusting(Path.of("tsa-ca.pem"));
 * TimeStamp stamp = verifier.verify(tsr, checkpoint); // or a refusal that says why
 * }</pre>
 *
 * <p>Safe for several threads.
 */
public final class TimeStampVerifier {

  private static final Set<String> GOOD_DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId(),
          NISTObjectIdentifiers.id_sha3_256.getId(),
          NISTObjectIdentifiers.id_sha3_384.getId(),
          NISTObjectIdentifiers.id_sha3_512.getId());

  private final Set<X509Certificate> trusted;

  /**
   * A verifier.
   *
   * @param trusted certificates of authorities or of those who vouch for them
   */
  public TimeStampVerifier(Collection<X509Certificate> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /**
   * Trusting the certificates in a PEM file.
   *
   * @throws CertificateException when there is none in it, or something else
   */
  public static TimeStampVerifier trusting(Path pem) throws IOException, CertificateException {
    var certificates = new ArrayList<X509Certificate>();
    for (var certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)))) {
      certificates.add((X509Certificate) certificate);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in the file");
    }
    return new TimeStampVerifier(certificates);
  }

  /**
   * Verifies a response as the authority sent it.
   *
   * @param response in DER
   * @param stamped the bytes it has to be over
   */
  public TimeStamp verify(byte[] response, byte[] stamped) throws TimeStampRefusedException {
    TimeStampToken token = token(parse(response));
    var info = token.getTimeStampInfo();
    if (!info.getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)) {
      throw refused(Reason.WEAK_DIGEST);
    }
    if (!java.security.MessageDigest.isEqual(
        info.getMessageImprintDigest(), Sha256.digest().digest(stamped))) {
      throw refused(Reason.OTHER_BYTES);
    }
    Date time = info.getGenTime();
    List<X509Certificate> sent = certificates(token);
    X509Certificate signer = signer(token, sent);
    isSignedBy(token, signer, time);
    isTrusted(signer, sent, time);
    return new TimeStamp(
        time.toInstant(),
        signer.getSubjectX500Principal().getName(),
        info.getSerialNumber().toString(16));
  }

  /** Malformed structures come out of the parser as many kinds of exception. */
  static TimeStampResponse parse(byte[] response) throws TimeStampRefusedException {
    try {
      return new TimeStampResponse(response);
    } catch (TSPException | IOException | RuntimeException _) {
      throw refused(Reason.NOT_A_RESPONSE);
    }
  }

  private static TimeStampToken token(TimeStampResponse response) throws TimeStampRefusedException {
    int status = response.getStatus();
    TimeStampToken token = response.getTimeStampToken();
    if ((status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) || token == null) {
      throw new TimeStampRefusedException(Reason.NOT_GRANTED, "status " + status);
    }
    return token;
  }

  private static List<X509Certificate> certificates(TimeStampToken token)
      throws TimeStampRefusedException {
    var converter = new JcaX509CertificateConverter();
    var certificates = new ArrayList<X509Certificate>();
    try {
      for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
        certificates.add(converter.getCertificate(holder));
      }
      return certificates;
    } catch (CertificateException | RuntimeException _) {
      throw refused(Reason.NOT_A_RESPONSE);
    }
  }

  private X509Certificate signer(TimeStampToken token, List<X509Certificate> sent)
      throws TimeStampRefusedException {
    for (Collection<X509Certificate> certificates : List.of(sent, trusted)) {
      for (X509Certificate certificate : certificates) {
        try {
          if (token.getSID().match(new JcaX509CertificateHolder(certificate))) {
            return certificate;
          }
        } catch (GeneralSecurityException _) {
          // not the one
        }
      }
    }
    throw refused(Reason.NO_CERTIFICATE);
  }

  private static void isSignedBy(TimeStampToken token, X509Certificate signer, Date time)
      throws TimeStampRefusedException {
    try {
      signer.checkValidity(time);
    } catch (CertificateException _) {
      throw refused(Reason.CERTIFICATE_NOT_VALID);
    }
    try {
      var digest =
          token.toCMSSignedData().getSignerInfos().getSigners().iterator().next().getDigestAlgOID();
      if (!GOOD_DIGESTS.contains(digest)) {
        throw refused(Reason.WEAK_DIGEST);
      }
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
    } catch (TSPException | OperatorCreationException | RuntimeException _) {
      throw refused(Reason.BAD_SIGNATURE);
    }
  }

  private void isTrusted(X509Certificate signer, List<X509Certificate> sent, Date time)
      throws TimeStampRefusedException {
    if (trusted.contains(signer)) {
      return;
    }
    try {
      var target = new X509CertSelector();
      target.setCertificate(signer);
      var parameters =
          new PKIXBuilderParameters(
              trusted.stream()
                  .map(certificate -> new TrustAnchor(certificate, null))
                  .collect(Collectors.toSet()),
              target);
      parameters.setDate(time);
      parameters.setRevocationEnabled(false);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(sent)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (CertPathBuilderException _) {
      throw refused(Reason.NOT_TRUSTED);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PKIX", e);
    }
  }

  private static TimeStampRefusedException refused(Reason reason) {
    return new TimeStampRefusedException(reason, "");
  }
}

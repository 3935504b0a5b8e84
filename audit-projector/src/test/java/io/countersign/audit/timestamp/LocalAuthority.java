package io.countersign.audit.timestamp;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time-stamping authority on the loopback address, honest until it is told otherwise. */
public final class LocalAuthority implements AutoCloseable {

  private static final String SIGNATURE = "SHA256withECDSA";

  private final X509Certificate root;
  private final X509Certificate between;
  private final PrivateKey betweenKey;
  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Answering answering;

  /** How it answers a request. */
  public interface Answering {
    Answer to(TimeStampRequest request) throws Exception;
  }

  /** What it answers. */
  public record Answer(int status, byte[] body) {}

  public LocalAuthority() throws Exception {
    KeyPair rootKeys = keys();
    KeyPair betweenKeys = keys();
    Instant now = Instant.now();
    root =
        certificate("CN=root", rootKeys.getPublic(), "CN=root", rootKeys.getPrivate(), now, true);
    between =
        certificate(
            "CN=between", betweenKeys.getPublic(), "CN=root", rootKeys.getPrivate(), now, true);
    betweenKey = betweenKeys.getPrivate();
    Issued honest = issued(now);
    answering = request -> granted(honest, request);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var request = new TimeStampRequest(exchange.getRequestBody().readAllBytes());
            Answer answer = answering.to(request);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(answer.body());
            }
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    server.start();
  }

  /** A certificate for time-stamps and its key. */
  record Issued(X509Certificate certificate, PrivateKey key, List<X509Certificate> sent) {}

  /** One that the root vouches for by way of another, valid for a day from some time on. */
  Issued issued(Instant from) throws Exception {
    KeyPair keys = keys();
    X509Certificate certificate =
        certificate("CN=tsa", keys.getPublic(), "CN=between", betweenKey, from, false);
    return new Issued(certificate, keys.getPrivate(), List.of(certificate, between));
  }

  Answer granted(Issued issued, TimeStampRequest request) throws Exception {
    return granted(issued, request, new Date());
  }

  Answer granted(Issued issued, TimeStampRequest request, Date time) throws Exception {
    var response = responses(issued, time).generate(request, BigInteger.valueOf(4711), time);
    return new Answer(200, response.getEncoded());
  }

  TimeStampResponseGenerator responses(Issued issued, Date time) throws Exception {
    var digest =
        new JcaDigestCalculatorProviderBuilder()
            .build()
            .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
    var signedAt =
        new AttributeTable(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(time))));
    var signer =
        new JcaSimpleSignerInfoGeneratorBuilder()
            .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signedAt))
            .build(SIGNATURE, issued.key(), issued.certificate());
    var tokens = new TimeStampTokenGenerator(signer, digest, new ASN1ObjectIdentifier("1.2.3.4.1"));
    tokens.addCertificates(new JcaCertStore(issued.sent()));
    return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
  }

  public void answer(Answering otherwise) {
    answering = otherwise;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:%d/tsa".formatted(server.getAddress().getPort()));
  }

  public X509Certificate root() {
    return root;
  }

  public String rootPem() throws Exception {
    return pem("CERTIFICATE", root.getEncoded());
  }

  static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String subject,
      PublicKey key,
      String issuer,
      PrivateKey issuerKey,
      Instant from,
      boolean vouches)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            new BigInteger(64, new java.util.Random(subject.hashCode() + from.toEpochMilli())),
            Date.from(from.minus(Duration.ofMinutes(1))),
            Date.from(from.plus(Duration.ofDays(1))),
            new X500Name(subject),
            key);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(vouches));
    if (!vouches) {
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(issuerKey)));
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}

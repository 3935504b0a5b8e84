package io.countersign.audit.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.timestamp.LocalAuthority.Answer;
import io.countersign.audit.timestamp.TimeStampRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeStampTest {

  private static final byte[] STAMPED = "a checkpoint\n".getBytes(StandardCharsets.UTF_8);
  private static final int MOST = 100_000;

  @TempDir private Path folder;

  private final BoundedHttp patient = new BoundedHttp(Duration.ofSeconds(30), MOST);
  private LocalAuthority authority;
  private TimeStampVerifier verifier;

  @BeforeEach
  void start() throws Exception {
    authority = new LocalAuthority();
    verifier = new TimeStampVerifier(List.of(authority.root()));
  }

  @AfterEach
  void close() {
    authority.close();
    patient.close();
  }

  @Test
  void anAnswerIsVerifiedAndVerifiesAgainOffline() throws Exception {
    byte[] response = stamp();
    TimeStamp stamp = verifier.verify(response, STAMPED);
    assertThat(stamp.time()).isBetween(Instant.now().minusSeconds(600), Instant.now());
    assertThat(stamp.authority()).isEqualTo("CN=tsa");
    assertThat(stamp.serialNumber()).isEqualTo("1267");
    Path pem = Files.writeString(folder.resolve("ca.pem"), authority.rootPem());
    assertThat(TimeStampVerifier.trusting(pem).verify(response, STAMPED)).isEqualTo(stamp);
    refused(Reason.OTHER_BYTES, () -> verifier.verify(response, new byte[] {1}));
  }

  @Test
  void theAuthoritysOwnCertificateCanBeTrustedAlone() throws Exception {
    var issued = authority.issued(Instant.now());
    authority.answer(request -> authority.granted(issued, request));
    verifier = new TimeStampVerifier(List.of(issued.certificate()));
    assertThat(verifier.verify(stamp(), STAMPED).authority()).isEqualTo("CN=tsa");
  }

  @Test
  void aTimeStampHoldsAfterItsCertificateHasExpired() throws Exception {
    Instant then = Instant.now().minus(Duration.ofDays(3));
    var issued = authority.issued(then);
    // of the chain only the last certificate is of that time
    verifier = new TimeStampVerifier(List.of(issued.certificate()));
    authority.answer(request -> authority.granted(issued, request, Date.from(then)));
    assertThat(verifier.verify(stamp(), STAMPED).time())
        .isBetween(then.minusSeconds(1), then.plusSeconds(1));
  }

  @Test
  void aCertificateThatHadExpiredIsRefused() throws Exception {
    var issued = authority.issued(Instant.now().minus(Duration.ofDays(3)));
    authority.answer(request -> authority.granted(issued, request));
    refused(Reason.CERTIFICATE_NOT_VALID, this::stamp);
  }

  @Test
  void aSignerNobodyTrustedVouchesForIsRefused() throws Exception {
    try (var stranger = new LocalAuthority()) {
      verifier = new TimeStampVerifier(List.of(stranger.root()));
      refused(Reason.NOT_TRUSTED, this::stamp);
    }
    verifier = new TimeStampVerifier(List.of());
    assertThatThrownBy(this::stamp).isInstanceOf(Exception.class);
  }

  @Test
  void anAnswerToAnotherRequestIsRefused() throws Exception {
    var issued = authority.issued(Instant.now());
    byte[] digest = new byte[32];
    authority.answer(
        request -> authority.granted(issued, request(digest, request.getNonce().longValue())));
    refused(Reason.OTHER_BYTES, this::stamp);
    authority.answer(
        request -> authority.granted(issued, request(request.getMessageImprintDigest(), 5)));
    refused(Reason.OTHER_REQUEST, this::stamp);
  }

  @Test
  void aRefusalOfTheAuthorityIsNoTimeStamp() throws Exception {
    var responses = authority.responses(authority.issued(Instant.now()), new Date());
    authority.answer(
        _ ->
            new Answer(
                200,
                responses
                    .generateFailResponse(PKIStatus.REJECTION, PKIFailureInfo.badAlg, "no")
                    .getEncoded()));
    refused(Reason.NOT_GRANTED, this::stamp);
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() throws Exception {
    var named = authority.issued(Instant.now());
    var other = authority.issued(Instant.now());
    var forged = new LocalAuthority.Issued(named.certificate(), other.key(), named.sent());
    authority.answer(request -> authority.granted(forged, request));
    refused(Reason.BAD_SIGNATURE, this::stamp);
  }

  @Test
  void aCertificateThatIsNowhereIsMissed() throws Exception {
    var issued = authority.issued(Instant.now());
    var bare = new LocalAuthority.Issued(issued.certificate(), issued.key(), List.of());
    authority.answer(request -> authority.granted(bare, request));
    refused(Reason.NO_CERTIFICATE, this::stamp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "<html>", "0\u0000", "\u0030\u0080"})
  void garbageIsRefused(String garbage) {
    authority.answer(_ -> new Answer(200, garbage.getBytes(StandardCharsets.ISO_8859_1)));
    refused(Reason.NOT_A_RESPONSE, this::stamp);
  }

  @Test
  void anErrorOfTheServerIsNamed() {
    authority.answer(_ -> new Answer(500, new byte[0]));
    assertThatThrownBy(this::stamp)
        .isInstanceOf(IOException.class)
        .hasMessage("the authority answered 500");
  }

  @Test
  void aHugeAnswerIsNotTaken() {
    authority.answer(_ -> new Answer(200, new byte[MOST + 1]));
    assertThatThrownBy(this::stamp)
        .isInstanceOf(IOException.class)
        .hasMessage("an answer of more than 100000 bytes");
  }

  @Test
  void aSlowAnswerIsNotWaitedFor() throws Exception {
    var end = new CountDownLatch(1);
    authority.answer(
        _ -> {
          end.await();
          return new Answer(200, new byte[0]);
        });
    try (var hasty = new BoundedHttp(Duration.ofMillis(100), MOST)) {
      var client = new TimeStampClient(hasty, authority.address(), verifier, new SecureRandom());
      assertThatThrownBy(() -> client.stamp(STAMPED))
          .isInstanceOf(IOException.class)
          .hasMessage("no whole answer within 100 ms");
    } finally {
      end.countDown();
    }
  }

  /** Damaged responses are refused, never anything else; none verifies. */
  @Test
  void damagedResponsesAreRefused() throws Exception {
    var random = new Random(7);
    byte[] good = stamp();
    int same = 0;
    for (int i = 0; i < 600; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      try {
        verifier.verify(bad, STAMPED);
        same++; // the byte it had, or one of a certificate that is not needed
      } catch (TimeStampRefusedException refusal) {
        assertThat(refusal.reason()).isNotNull();
      }
    }
    assertThat(same).isLessThan(60);
  }

  @Test
  void aFileWithoutCertificatesIsRefused() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(() -> TimeStampVerifier.trusting(empty))
        .isInstanceOf(CertificateException.class);
  }

  /** A foreign tool accepts what we take for good, and refuses it over other bytes. */
  @Test
  void opensslVerifiesItToo() throws Exception {
    assumeTrue(hasOpenssl(), "openssl is not here: its check of time-stamps is skipped");
    Path response = Files.write(folder.resolve("1-tsa.tsr"), stamp());
    Path data = Files.write(folder.resolve("1-tsa.checkpoint"), STAMPED);
    Path other = Files.write(folder.resolve("other"), new byte[] {1});
    Path ca = Files.writeString(folder.resolve("ca.pem"), authority.rootPem());
    assertThat(openssl(response, data, ca)).isZero();
    assertThat(openssl(response, other, ca)).isNotZero();
  }

  /**
   * And a foreign authority is accepted: openssl answers the request, with a certificate of ours.
   */
  @Test
  void whatOpensslStampsIsVerified() throws Exception {
    assumeTrue(hasOpenssl(), "openssl is not here: its answers to requests are not tried");
    var issued = authority.issued(Instant.now());
    Path certificate =
        Files.writeString(
            folder.resolve("tsa.pem"),
            LocalAuthority.pem("CERTIFICATE", issued.certificate().getEncoded()));
    Path chain =
        Files.writeString(
            folder.resolve("chain.pem"),
            LocalAuthority.pem("CERTIFICATE", issued.sent().getLast().getEncoded()));
    Path key =
        Files.writeString(
            folder.resolve("tsa.key"),
            LocalAuthority.pem("PRIVATE KEY", issued.key().getEncoded()));
    Path configuration =
        Files.writeString(
            folder.resolve("openssl.cnf"),
            """
            [tsa]
            default_tsa = here
            [here]
            serial = %s/serial
            default_policy = 1.2.3.4.1
            digests = sha256
            signer_digest = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            """
                .formatted(folder));
    authority.answer(
        request -> {
          Path query = Files.write(folder.resolve("query"), request.getEncoded());
          Path reply = folder.resolve("reply");
          int code =
              run(
                  "openssl",
                  "ts",
                  "-reply",
                  "-config",
                  configuration.toString(),
                  "-queryfile",
                  query.toString(),
                  "-signer",
                  certificate.toString(),
                  "-inkey",
                  key.toString(),
                  "-chain",
                  chain.toString(),
                  "-out",
                  reply.toString());
          return new Answer(code == 0 ? 200 : 500, Files.readAllBytes(reply));
        });
    assertThat(verifier.verify(stamp(), STAMPED).authority()).isEqualTo("CN=tsa");
  }

  private static boolean hasOpenssl() throws InterruptedException {
    try {
      return run("openssl", "version") == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static int openssl(Path response, Path data, Path ca) throws Exception {
    return run(
        "openssl",
        "ts",
        "-verify",
        "-in",
        response.toString(),
        "-data",
        data.toString(),
        "-CAfile",
        ca.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private byte[] stamp() throws Exception {
    return new TimeStampClient(patient, authority.address(), verifier, new SecureRandom())
        .stamp(STAMPED);
  }

  private static org.bouncycastle.tsp.TimeStampRequest request(byte[] digest, long nonce) {
    var generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    return generator.generate(TSPAlgorithms.SHA256, digest, java.math.BigInteger.valueOf(nonce));
  }

  private static void refused(
      Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TimeStampRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}

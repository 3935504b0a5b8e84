package io.countersign.audit.timestamp;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.timestamp.TimeStampRefusedException.Reason;
import io.countersign.auditlog.hash.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.Random;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/**
 * Asks a time-stamping authority (RFC 3161 over HTTP, §3.4). It sees a hash only. An answer that
 * does not verify is an exception, never a time-stamp.
 */
public final class TimeStampClient {

  private static final int NONCE_BITS = 64;

  private final BoundedHttp http;
  private final URI authority;
  private final TimeStampVerifier verifier;
  private final Random random;

  /**
   * A client of one authority.
   *
   * @param random of the nonces: nobody may guess the next one
   */
  public TimeStampClient(
      BoundedHttp http, URI authority, TimeStampVerifier verifier, Random random) {
    this.http = http;
    this.authority = authority;
    this.verifier = verifier;
    this.random = random;
  }

  /**
   * Has bytes stamped.
   *
   * @return the response in DER, verified
   */
  public byte[] stamp(byte[] bytes)
      throws IOException, InterruptedException, TimeStampRefusedException {
    var generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(
            TSPAlgorithms.SHA256,
            Sha256.digest().digest(bytes),
            new BigInteger(NONCE_BITS, random));
    var answer = http.post(authority, "application/timestamp-query", request.getEncoded());
    if (answer.status() != 200) {
      throw new IOException("the authority answered " + answer.status());
    }
    verifier.verify(answer.body(), bytes);
    isTo(request, answer.body());
    return answer.body();
  }

  private static void isTo(TimeStampRequest request, byte[] response)
      throws TimeStampRefusedException {
    try {
      TimeStampVerifier.parse(response).validate(request);
    } catch (TSPException e) {
      throw new TimeStampRefusedException(Reason.OTHER_REQUEST, "");
    }
  }
}

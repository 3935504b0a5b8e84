package io.countersign.command.escalation;

import io.countersign.command.automation.IntentHandler.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed POST to one address. {@code Countersign-Signature} is {@code v1=} and the HMAC-SHA256,
 * in lower case hexadecimal, of the timestamp's digits, a dot and the body's bytes; {@code
 * Countersign-Delivery} is the same whenever the same notice is told again.
 */
final class WebhookChannel implements Channel {

  /** Its name in events. */
  static final String NAME = "webhook";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(401, 403, 404, 408, 425, 429);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI address;
  private final SecretKeySpec secret;
  private final InstantSource clock;

  WebhookChannel(URI address, byte[] secret, InstantSource clock) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("a webhook's secret has at least 16 bytes");
    }
    this.address = address;
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** One address, whichever the team: who is behind it sorts by team. */
  @Override
  public List<Target> targets(String team) {
    return List.of(new Target(NAME, null));
  }

  @Override
  public Told tell(Notice notice, Target target) throws Exception {
    String body = JSON.writeValueAsString(notice);
    long timestamp = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Countersign-Delivery", notice.delivery().toString())
            .header("Countersign-Timestamp", Long.toString(timestamp))
            .header("Countersign-Signature", "v1=" + signature(timestamp, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    return new Told(outcome(response), "HTTP " + response.statusCode());
  }

  private static Outcome outcome(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return Outcome.DONE;
    }
    String code = "http-" + status;
    return status >= 500 || WORTH_ANOTHER_TRY.contains(status)
        ? new Outcome.Again(code, retryAfter(response))
        : new Outcome.Hopeless(code);
  }

  private String signature(long timestamp, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(secret);
    mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String seconds = response.headers().firstValue("Retry-After").orElse("");
    if (!seconds.matches("[0-9]{1,9}")) {
      return null;
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(seconds));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}

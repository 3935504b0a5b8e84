package io.countersign.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the notifications of one subscription the way Azure DevOps does. 408, 502, 503 and 504 are
 * tried again eight times within about three minutes; 410 disables the subscription; any other
 * answer outside 2xx puts it on probation, where one notification is tried again over 36 hours and
 * all new ones are lost. No answer at all is taken for transient, which Microsoft does not
 * document. Not safe for use by several threads.
 */
public final class ServiceHookSender {

  private static final List<Duration> BACKOFF = DeliveryRules.BACKOFF;

  private static final List<Duration> PROBATION =
      List.of(20, 40, 80, 160, 320, 640, 900).stream().map(Duration::ofMinutes).toList();

  private final URI endpoint;
  private final String authorization;
  private final Waiter waiter;
  private final HttpClient http;
  private Standing standing = Standing.ENABLED;
  private @Nullable Notification held;

  /** What the service thinks of the receiver. */
  public enum Standing {
    ENABLED,
    ON_PROBATION,
    DISABLED_BY_SYSTEM
  }

  /**
   * A sender of an enabled subscription.
   *
   * @param endpoint the receiver's whole URL
   * @param user basic-auth user
   * @param password basic-auth password
   * @param waiter how time passes between tries
   */
  public ServiceHookSender(URI endpoint, String user, String password, Waiter waiter) {
    this.endpoint = endpoint;
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
    this.waiter = waiter;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  /** Sends one notification; lost when the subscription is not enabled. */
  public Sent send(Notification notification) throws InterruptedException {
    if (standing != Standing.ENABLED) {
      return new Sent.Lost();
    }
    Sent sent = tryWithBackoff(notification);
    if (sent instanceof Sent.Held) {
      standing = Standing.ON_PROBATION;
      held = notification;
    }
    return sent;
  }

  /** Tries the held notification again over 36 hours; success enables the subscription. */
  public Sent endProbation() throws InterruptedException {
    Notification notification = held;
    if (standing != Standing.ON_PROBATION || notification == null) {
      throw new IllegalStateException("the subscription is not on probation");
    }
    Sent last = new Sent.Lost();
    for (Duration pause : PROBATION) {
      waiter.await(pause);
      last = once(notification, 1);
      if (last instanceof Sent.Accepted) {
        standing = Standing.ENABLED;
        held = null;
        return last;
      }
    }
    standing = Standing.DISABLED_BY_SYSTEM;
    return last instanceof Sent.Held(int status, int _) ? new Sent.Disabled(status) : last;
  }

  /** How the service sees the receiver now. */
  public Standing standing() {
    return standing;
  }

  private Sent tryWithBackoff(Notification notification) throws InterruptedException {
    Sent sent = once(notification, 1);
    for (int retry = 0; retry < BACKOFF.size() && isTransient(sent); retry++) {
      waiter.await(BACKOFF.get(retry));
      sent = once(notification, retry + 2);
    }
    return sent;
  }

  private static boolean isTransient(Sent sent) {
    return sent instanceof Sent.Held(int status, int _) && DeliveryRules.isTransient(status);
  }

  private Sent once(Notification notification, int attempt) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "VSServices/18.0 (sandbox)")
            .header("X-VSS-ActivityId", notification.id().toString())
            .POST(HttpRequest.BodyPublishers.ofByteArray(notification.bytes()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      int status = response.statusCode();
      if (status >= 200 && status < 300) {
        return new Sent.Accepted(status, response.body(), attempt);
      }
      if (status == DeliveryRules.GONE) {
        standing = Standing.DISABLED_BY_SYSTEM;
        return new Sent.Disabled(status);
      }
      return new Sent.Held(status, attempt);
    } catch (IOException e) {
      return new Sent.Held(DeliveryRules.NO_ANSWER, attempt);
    }
  }
}

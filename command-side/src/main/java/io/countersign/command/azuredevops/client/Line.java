package io.countersign.command.azuredevops.client;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The way to one organization: waits when the service says so, does not ask at all while it is
 * down, repeats what only reads. A write is sent once; only when it certainly was not looked at
 * (the token had expired) it is sent again.
 */
final class Line implements Sender {

  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  /** Without its value: messages of exceptions and logs never show it. */
  private static final String AUTHORIZATION = "Authorization";

  private final OrganizationAddress address;
  private final Credential credential;
  private final Wire wire;
  private final Throttle throttle = new Throttle();
  private final CircuitBreaker breaker;
  private final Semaphore places;
  private final AzureDevOpsSettings settings;
  private final CallMetrics metrics;
  private final Clock clock;
  private final Pause pause;

  Line(
      OrganizationAddress address,
      Credential credential,
      Wire wire,
      CircuitBreaker breaker,
      AzureDevOpsSettings settings,
      CallMetrics metrics,
      Clock clock,
      Pause pause) {
    this.address = address;
    this.credential = credential;
    this.wire = wire;
    this.breaker = breaker;
    this.places = new Semaphore(settings.concurrency());
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Answer<JsonNode> send(Call call) {
    long began = System.nanoTime();
    Answer<JsonNode> answer;
    try {
      answer = call.changes() ? once(call) : repeatedly(call);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      answer = new Answer.Unavailable<>("interrupted");
    }
    metrics.told(call, answer, Duration.ofNanos(System.nanoTime() - began));
    return answer;
  }

  private Answer<JsonNode> repeatedly(Call call) throws InterruptedException {
    Duration backoff = settings.backoff();
    for (int attempt = 1; ; attempt++) {
      Answer<JsonNode> answer = once(call);
      if (attempt >= settings.attempts()) {
        return answer;
      }
      switch (answer) {
        case Answer.Unavailable<JsonNode> _ -> {
          if (breaker.getState() == CircuitBreaker.State.OPEN) {
            return answer;
          }
          pause.of(backoff);
          backoff = backoff.multipliedBy(2);
        }
        case Answer.Throttled<JsonNode>(Instant until) -> {
          if (Duration.between(clock.instant(), until).compareTo(settings.maxWait()) > 0) {
            return answer;
          }
        }
        case Answer.Ok<JsonNode> _ -> {
          return answer;
        }
        case Answer.Failure<JsonNode> _ -> {
          return answer;
        }
      }
    }
  }

  private Answer<JsonNode> once(Call call) throws InterruptedException {
    Instant latest = clock.instant().plus(settings.maxWait());
    while (true) {
      if (throttle.until().isAfter(latest)) {
        return new Answer.Throttled<>(throttle.until());
      }
      Duration left = throttle.left(clock.instant());
      if (left.isPositive()) {
        pause.of(left);
      }
      places.acquire();
      try {
        // somebody may have been asked to slow down while this one waited for its place
        if (!throttle.left(clock.instant()).isPositive()) {
          return renewed(call);
        }
      } finally {
        places.release();
      }
    }
  }

  private Answer<JsonNode> renewed(Call call) throws InterruptedException {
    Answer<JsonNode> first = authorized(call);
    boolean unread =
        first instanceof Answer.Unauthorized<JsonNode>(Fault fault)
            && (fault.status() == 401 || fault.status() == 203);
    return unread && credential instanceof EntraCredential ? authorized(call) : first;
  }

  private Answer<JsonNode> authorized(Call call) throws InterruptedException {
    return switch (credential.authorization()) {
      case Answer.Failure<String> failure -> failure.as();
      case Answer.Ok<String> ok -> {
        Answer<JsonNode> answer = guarded(call, ok.value());
        if (answer instanceof Answer.Unauthorized<JsonNode>) {
          credential.rejected(ok.value());
        }
        yield answer;
      }
    };
  }

  private Answer<JsonNode> guarded(Call call, String authorization) throws InterruptedException {
    if (!breaker.tryAcquirePermission()) {
      return new Answer.Unavailable<>("it failed too often: not asked for a while");
    }
    long began = System.nanoTime();
    Reply reply;
    try {
      reply = wire.send(request(call, authorization));
    } catch (InterruptedException e) {
      breaker.releasePermission();
      if (call.changes()) {
        Thread.currentThread().interrupt();
        return new Answer.OutcomeUnknown<>("interrupted");
      }
      throw e;
    }
    long took = System.nanoTime() - began;
    if (reply instanceof Reply.Whole whole && whole.status() / 100 != 5) {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    } else {
      breaker.onError(took, TimeUnit.NANOSECONDS, new Unanswered());
    }
    return answer(call, reply, took);
  }

  private Answer<JsonNode> answer(Call call, Reply reply, long took) {
    Instant now = clock.instant();
    Answer<JsonNode> answer =
        switch (reply) {
          case Reply.Whole whole -> {
            throttle.answered();
            Instant later = Replies.retryAfter(whole.headers(), now);
            if (later != null) {
              throttle.told(later);
            }
            yield Replies.read(call, whole, now);
          }
          case Reply.NotSent(String why) -> new Answer.Unavailable<>(why);
          case Reply.Broken(String why) -> {
            throttle.hinted(now);
            yield call.changes()
                ? new Answer.OutcomeUnknown<>(why)
                : new Answer.Throttled<>(throttle.until());
          }
          case Reply.TooLong(int bytes) -> tooLong(call, bytes);
        };
    if (answer instanceof Answer.Throttled<JsonNode>(Instant until)) {
      throttle.told(until);
    }
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} {}: {} in {} ms, activity {}",
          address.id(),
          call.operation(),
          answer.outcome(),
          TimeUnit.NANOSECONDS.toMillis(took),
          reply instanceof Reply.Whole whole ? whole.activity() : null);
    }
    return answer;
  }

  private static Answer<JsonNode> tooLong(Call call, int bytes) {
    String message = "an answer of more than " + bytes + " bytes";
    return call.changes()
        ? new Answer.OutcomeUnknown<>(message)
        : new Answer.Refused<>(
            new Fault(200, Fault.TOO_LONG, message, null, call.scope().toString()));
  }

  private HttpRequest request(Call call, String authorization) {
    String version =
        address.apiVersion() + (call.preview() == 0 ? "" : "-preview." + call.preview());
    JsonNode body = call.body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(address.base() + call.with("api-version", version).path()))
            .header(AUTHORIZATION, authorization)
            .header("Accept", Call.JSON)
            .header("User-Agent", "countersign")
            // otherwise a missing sign-in is answered with a redirect
            .header("X-TFS-FedAuthRedirect", "Suppress");
    if (body == null) {
      return request.method(call.method(), BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", call.contentType())
        .method(call.method(), BodyPublishers.ofString(body.toString()))
        .build();
  }

  /** What the circuit breaker counts; it needs an exception, and no trace of it. */
  private static final class Unanswered extends Exception {

    private static final long serialVersionUID = 1L;

    Unanswered() {
      super("no good answer", null, false, false);
    }
  }
}

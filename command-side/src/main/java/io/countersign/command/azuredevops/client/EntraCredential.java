package io.countersign.command.azuredevops.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service principal of Microsoft Entra: client credentials for a token of about an hour. The
 * token is asked for before it runs out, by one thread at a time; while the old one holds, nobody
 * waits.
 */
final class EntraCredential implements Credential {

  /** Azure DevOps, as Entra knows it, with all that was granted there. */
  static final String RESOURCE = "499b84ac-1321-427f-aa17-267ca6975798/.default";

  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** After a refusal: those who waited for the same answer get it without asking once more. */
  private static final Duration STILL_REFUSED = Duration.ofSeconds(5);

  private final URI address;
  private final String client;
  private final Secret secret;
  private final Wire wire;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Token token;
  private @Nullable Refusal refusal;

  EntraCredential(URI address, String client, Secret secret, Wire wire, Clock clock) {
    this.address = address;
    this.client = client;
    this.secret = secret;
    this.wire = wire;
    this.clock = clock;
  }

  private record Token(String text, Instant renewAt, Instant expiresAt) {

    String header() {
      return "Bearer " + text;
    }

    Token tryAgainAt(Instant when) {
      return new Token(text, when, expiresAt);
    }

    @Override
    public String toString() {
      return "Token[" + expiresAt + "]";
    }
  }

  private record Refusal(Answer.Failure<String> answer, Instant until) {}

  @Override
  public Answer<String> authorization() {
    Token held = token;
    Instant now = clock.instant();
    if (held != null && now.isBefore(held.renewAt())) {
      return ok(held);
    }
    if (held != null && now.isBefore(held.expiresAt())) {
      if (!asking.tryLock()) {
        return ok(held);
      }
    } else {
      asking.lock();
    }
    try {
      return renewed();
    } finally {
      asking.unlock();
    }
  }

  private Answer<String> renewed() {
    Instant now = clock.instant();
    Token held = token;
    if (held != null && now.isBefore(held.renewAt())) {
      return ok(held);
    }
    if (refusal != null && now.isBefore(refusal.until()) && held == null) {
      return refusal.answer();
    }
    Answer<Token> answer = ask(now);
    return switch (answer) {
      case Answer.Ok<Token> ok -> {
        token = ok.value();
        refusal = null;
        yield ok(ok.value());
      }
      case Answer.Failure<Token> failure -> {
        if (held != null && now.isBefore(held.expiresAt())) {
          token = held.tryAgainAt(now.plus(AGAIN));
          yield ok(held);
        }
        token = null;
        refusal = new Refusal(failure.as(), now.plus(STILL_REFUSED));
        yield failure.as();
      }
    };
  }

  private Answer<Token> ask(Instant now) {
    String key = secret.read().orElse(null);
    if (key == null) {
      return none("there is no client secret in " + secret.place());
    }
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(escaped(client), escaped(key), escaped(RESOURCE));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      return switch (wire.send(request)) {
        case Reply.Whole whole -> read(whole, now);
        case Reply.NotSent(String why) -> new Answer.Unavailable<>("token endpoint: " + why);
        case Reply.Broken(String why) -> new Answer.Unavailable<>("token endpoint: " + why);
        case Reply.TooLong _ -> new Answer.Unavailable<>("token endpoint: the answer is too long");
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Unavailable<>("interrupted");
    }
  }

  private static Answer<Token> read(Reply.Whole reply, Instant now) {
    if (reply.status() / 100 == 5 || reply.status() == 429) {
      return new Answer.Unavailable<>("token endpoint: " + reply.status());
    }
    JsonNode json = Replies.json(Replies.withoutMark(reply.body()));
    String text = json == null ? "" : json.path("access_token").asString("");
    long seconds = json == null ? 0 : json.path("expires_in").asLong(0);
    if (reply.status() != 200 || text.isBlank() || seconds <= 0) {
      return none("Entra gives no token: " + code(reply.status(), json));
    }
    Duration lifetime = Duration.ofSeconds(Math.min(seconds, 86_400));
    Duration ahead = lifetime.dividedBy(5).compareTo(AHEAD) < 0 ? lifetime.dividedBy(5) : AHEAD;
    Instant end = now.plus(lifetime);
    return new Answer.Ok<>(new Token(text, end.minus(ahead), end), null, null);
  }

  /** The codes only: the description repeats what was sent. */
  private static String code(int status, @Nullable JsonNode json) {
    String error = json == null ? "" : json.path("error").asString("");
    String number = json == null ? "" : json.path("error_codes").path(0).asString("");
    return status
        + (error.matches("[a-z_]{1,40}") ? " " + error : "")
        + (number.matches("[0-9]{1,9}") ? " AADSTS" + number : "");
  }

  private static Answer<Token> none(String why) {
    return new Answer.Unauthorized<>(
        new Fault(0, Fault.NO_CREDENTIAL, why, null, Scope.ANY.toString()));
  }

  private static Answer<String> ok(Token token) {
    return new Answer.Ok<>(token.header(), null, null);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void rejected(String authorization) {
    asking.lock();
    try {
      Token held = token;
      if (held != null && held.header().equals(authorization)) {
        token = null;
      }
    } finally {
      asking.unlock();
    }
  }

  @Override
  public String kind() {
    return "Entra client credentials";
  }

  @Override
  public @Nullable Instant expiresAt() {
    Token held = token;
    return held == null ? null : held.expiresAt();
  }
}

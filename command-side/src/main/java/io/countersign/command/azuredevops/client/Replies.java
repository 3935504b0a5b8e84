package io.countersign.command.azuredevops.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads answers as the service really gives them: sign-in pages with 203, a byte order mark before
 * JSON, errors without a body, {@code Retry-After} on 200. Errors are told apart by their typeKey.
 */
final class Replies {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxNameLength(1_000)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String BROKEN_RULE = "RuleValidationException";

  /** Where a 429 does not say for how long. */
  private static final Duration UNTOLD = Duration.ofMinutes(1);

  /** Nobody is made to wait for longer, whatever a header says. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Replies() {}

  static Answer<JsonNode> read(Call call, Reply.Whole reply, Instant now) {
    int status = reply.status();
    if (status == 203 || status / 100 == 3) {
      return new Answer.Unauthorized<>(signInPage(call, reply));
    }
    if (status / 100 == 2) {
      return done(call, reply);
    }
    Fault fault = fault(call, reply);
    return switch (status) {
      case 400 ->
          fault.typeKey().equals(BROKEN_RULE)
              ? new Answer.RuleBroken<>(fault)
              : new Answer.Refused<>(fault);
      case 401 -> new Answer.Unauthorized<>(fault);
      case 404 -> new Answer.NotFoundOrNotPermitted<>(fault);
      case 409, 412 -> new Answer.Conflict<>(fault);
      case 429 -> {
        Instant until = retryAfter(reply.headers(), now);
        yield new Answer.Throttled<>(until == null ? now.plus(UNTOLD) : until);
      }
      case 503 -> new Answer.Unavailable<>("503 " + fault.typeKey());
      case 408 ->
          call.changes()
              ? new Answer.OutcomeUnknown<>("408 " + fault.typeKey())
              : new Answer.Refused<>(fault);
      default -> {
        if (status / 100 != 5) {
          yield new Answer.Refused<>(fault);
        }
        String why = status + " " + fault.typeKey();
        // somebody between the service and us may say this after the service did the work
        yield call.changes() ? new Answer.OutcomeUnknown<>(why) : new Answer.Unavailable<>(why);
      }
    };
  }

  private static Answer<JsonNode> done(Call call, Reply.Whole reply) {
    byte[] body = withoutMark(reply.body());
    if (body.length == 0 && (reply.status() == 204 || call.method().equals("DELETE"))) {
      return new Answer.Ok<>(MissingNode.getInstance(), null, reply.activity());
    }
    JsonNode json = json(body);
    if (json != null) {
      Integer rev = json.path("rev").isInt() ? json.path("rev").intValue() : null;
      return new Answer.Ok<>(json, rev, reply.activity());
    }
    boolean page = reply.contentType().endsWith("html") || (body.length > 0 && body[0] == '<');
    return call.changes() && !page
        ? new Answer.OutcomeUnknown<>("%d without a readable body".formatted(reply.status()))
        : new Answer.Unauthorized<>(signInPage(call, reply));
  }

  private static Fault fault(Call call, Reply.Whole reply) {
    JsonNode json = json(withoutMark(reply.body()));
    String typeKey = json == null ? "" : json.path("typeKey").asString("");
    boolean named = typeKey.matches("[A-Za-z0-9_.`]{1,100}");
    String message =
        json != null && json.path("message").isString()
            ? json.path("message").stringValue()
            : "an error without a name";
    return new Fault(
        reply.status(),
        named ? typeKey : Fault.UNNAMED,
        message,
        reply.activity(),
        call.scope().toString());
  }

  private static Fault signInPage(Call call, Reply.Whole reply) {
    return new Fault(
        reply.status(),
        Fault.SIGN_IN_PAGE,
        "a page to sign in, or another page for people, where JSON belongs: the credential is"
            + " expired, revoked or of another organization",
        reply.activity(),
        call.scope().toString());
  }

  /** The JSON of a body, which may be as short as {@code true}; nothing when it is none. */
  static @Nullable JsonNode json(byte[] body) {
    if (body.length == 0) {
      return null;
    }
    try {
      JsonNode json = JSON.readTree(body);
      return json.isMissingNode() ? null : json;
    } catch (JacksonException _) {
      return null;
    }
  }

  /** When to ask again, where an answer of any status tells; bounded. */
  static @Nullable Instant retryAfter(HttpHeaders headers, Instant now) {
    Instant told =
        headers.firstValue("Retry-After").map(text -> instant(text.strip(), now)).orElse(null);
    if (told == null || !told.isAfter(now)) {
      return null;
    }
    return told.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : told;
  }

  private static @Nullable Instant instant(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return now.plusSeconds(Long.parseLong(text));
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  static byte[] withoutMark(byte[] body) {
    return body.length >= 3 && Arrays.equals(body, 0, 3, BYTE_ORDER_MARK, 0, 3)
        ? Arrays.copyOfRange(body, 3, body.length)
        : body;
  }
}

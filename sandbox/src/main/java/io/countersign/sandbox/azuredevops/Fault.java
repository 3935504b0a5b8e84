package io.countersign.sandbox.azuredevops;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Something that goes wrong with requests.
 *
 * @param kind what
 * @param method of the requests, or {@code *}
 * @param path regular expression that is found in their path, in any case
 * @param times how many requests it befalls
 * @param delay how long the answer takes; zero for no time
 */
public record Fault(Kind kind, String method, String path, int times, Duration delay) {

  /** What goes wrong. */
  public enum Kind {
    /** 412 VS403351, as if the tested revision were an old one. */
    PRECONDITION_FAILED,
    /** 409 TF26071: somebody was faster, after the test of the revision. */
    CONFLICT,
    /** 404 TF401232. */
    NOT_FOUND,
    /** 203 and a page that asks for a sign-in. */
    SIGN_IN,
    /** 429 TF400733 with {@code Retry-After}. */
    TOO_MANY_REQUESTS,
    /** 200, with {@code Retry-After} and the headers of the rate limit. */
    RETRY_AFTER,
    /** 503 and a page. */
    UNAVAILABLE,
    /** 500 with an error of the service. */
    SERVER_ERROR,
    /** The connection is closed and nothing was done. */
    RESET,
    /** All is done; then the connection is closed. */
    RESET_AFTERWARDS,
    /** 200 without a body; nothing was done. */
    EMPTY,
    /** The right answer, with a byte order mark before it. */
    BOM,
    /** 404 and a page, as of an address that nobody serves. */
    HTML,
    /** Only the delay. */
    DELAY
  }

  /** The pattern has to be one. */
  public Fault {
    Pattern.compile(path);
    if (times < 1) {
      throw new IllegalArgumentException("a fault befalls at least one request, not " + times);
    }
  }

  /** A fault of the next so many requests. */
  public static Fault of(Kind kind, int times, String method, String path) {
    return new Fault(kind, method, path, times, Duration.ZERO);
  }

  /** The same, answered later. */
  public Fault after(Duration longer) {
    return new Fault(kind, method, path, times, longer);
  }
}

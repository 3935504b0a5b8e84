package io.countersign.command.webhook;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The headers worth keeping. Never credentials. */
final class KeptHeaders {

  private static final int MAX_VALUE = 500;

  private static final Set<String> NAMES =
      Set.of(
          "content-type",
          "content-encoding",
          "content-length",
          "user-agent",
          "request-id",
          "x-vss-activityid",
          "x-vss-subscriptionid");

  private KeptHeaders() {}

  /** Names in lower case; several values of one name are joined, long ones cut. */
  static Map<String, String> of(HttpHeaders headers) {
    Map<String, String> kept = new HashMap<>();
    for (String name : NAMES) {
      var values = headers.getAll(name);
      if (!values.isEmpty()) {
        String joined = String.join(", ", values);
        kept.put(name, joined.length() > MAX_VALUE ? joined.substring(0, MAX_VALUE) : joined);
      }
    }
    return kept;
  }
}

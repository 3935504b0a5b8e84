package io.countersign.sandbox.azuredevops;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param method in capitals
 * @param path as sent, without the query
 * @param segments of the path, decoded
 * @param query parameters, their names in any case
 * @param headers the first of each name, names in any case
 * @param body the bytes
 */
record Request(
    String method,
    String path,
    List<String> segments,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  private static final Pattern VERSION = Pattern.compile("api-version=([^;,\\s]+)");

  static Request of(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Request(
        exchange.getRequestMethod(),
        path,
        Arrays.stream(path.split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(Request::decodedSegment)
            .toList(),
        query(exchange.getRequestURI().getRawQuery()),
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  /** Parameters of a query or of a form. */
  static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.put(decoded(name), decoded(value));
    }
    return query;
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  /** From the query or, as Microsoft's own clients do, from the header {@code Accept}. */
  @Nullable String version() {
    String asked = query.get("api-version");
    if (asked != null) {
      return asked;
    }
    Matcher accept = VERSION.matcher(headers.getOrDefault("Accept", ""));
    return accept.find() ? accept.group(1) : null;
  }

  private static String decodedSegment(String segment) {
    // a plus sign in a path is a plus sign
    return decoded(segment.replace("+", "%2B"));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}

package io.countersign.command.webhook;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's path as a request names it.
 *
 * @param token the one more part behind it, decoded, where there is one
 */
record DeliveryPath(@Nullable String token) {

  static final String PATH = "/webhooks/azure-devops";

  private static final DeliveryPath PLAIN = new DeliveryPath(null);

  /**
   * Null when a request is no delivery. What is not plainly one (parameters in the path, dots,
   * encoded slashes) is left to the rest of the program, which refuses it.
   */
  static @Nullable DeliveryPath of(HttpRequest request) {
    if (!HttpMethod.POST.equals(request.method())) {
      return null;
    }
    String told = pathOf(request.uri());
    String path = told.indexOf('%') < 0 ? told : decoded(told);
    if (path == null || !path.startsWith(PATH)) {
      return null;
    }
    if (path.length() <= PATH.length() + 1) {
      return path.length() == PATH.length() || path.charAt(PATH.length()) == '/' ? PLAIN : null;
    }
    String token = path.substring(PATH.length() + 1);
    boolean plain =
        path.charAt(PATH.length()) == '/'
            && !token.equals(".")
            && !token.equals("..")
            && token.chars().noneMatch(c -> c < ' ' || c == '/' || c == ';' || c == '\\');
    return plain ? new DeliveryPath(token) : null;
  }

  /** In origin form, or absolute as proxies write it. */
  static String pathOf(String uri) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    int start = scheme < 0 ? 0 : uri.indexOf('/', scheme + 3);
    if (start < 0) {
      return "";
    }
    int end = start;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    return uri.substring(start, end);
  }

  private static @Nullable String decoded(String path) {
    String upper = path.toUpperCase(Locale.ROOT);
    if (upper.contains("%2F") || upper.contains("%2E") || upper.contains("%25")) {
      return null;
    }
    try {
      return QueryStringDecoder.decodeComponent(path.replace("+", "%2B"));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}

package io.countersign.sandbox.azuredevops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what answers a path. Routes are the part after {@code _apis}; like the service it does not
 * care for capitals.
 */
final class Router {

  private final List<Route> routes = new ArrayList<>();

  private record Route(String method, String[] segments, Function<Call, Answer> handler) {

    @Nullable Map<String, String> match(List<String> path) {
      if (path.size() != segments.length) {
        return null;
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < segments.length; i++) {
        String segment = segments[i];
        if (segment.startsWith("{")) {
          variables.put(segment.substring(1, segment.length() - 1), path.get(i));
        } else if (!segment.equalsIgnoreCase(path.get(i))) {
          return null;
        }
      }
      return variables;
    }
  }

  /** What matched: the handler and its variables. */
  record Match(Function<Call, Answer> handler, Map<String, String> variables) {}

  Router on(String method, String path, Function<Call, Answer> handler) {
    routes.add(new Route(method, path.toLowerCase(Locale.ROOT).split("/"), handler));
    return this;
  }

  /** The first route of method and path. */
  @Nullable Match find(String method, List<String> path) {
    for (Route route : routes) {
      Map<String, String> variables = route.match(path);
      if (variables != null && route.method().equals(method)) {
        return new Match(route.handler(), variables);
      }
    }
    return null;
  }

  /** Whether a path answers another method. */
  boolean knows(List<String> path) {
    return routes.stream().anyMatch(route -> route.match(path) != null);
  }
}

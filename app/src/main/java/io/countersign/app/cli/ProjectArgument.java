package io.countersign.app.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A project as people name it: by its id, or by its name where only one has it. */
final class ProjectArgument {

  static final String DESCRIPTION = "Its id, or its name: `project list` shows both.";

  private static final int MOST = 200;

  private ProjectArgument() {}

  /** Its id. */
  static String id(ApiClient api, String named) {
    if (named.startsWith("project:")) {
      return named;
    }
    JsonNode page = api.get("/api/v1/projects?limit=" + MOST);
    List<String> found =
        page.path("items")
            .valueStream()
            .filter(one -> one.path("name").asString("").equalsIgnoreCase(named))
            .map(one -> one.path("id").asString(""))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new CommandFailed(
        found.isEmpty()
            ? "no project %s is known here: countersign project list shows those that are"
                .formatted(named)
            : "several projects are called %s: name one by its id, %s"
                .formatted(named, String.join(" or ", found)));
  }

  /** Its id as a part of a path. */
  static String path(ApiClient api, String named) {
    return ApiClient.escaped(id(api, named));
  }
}

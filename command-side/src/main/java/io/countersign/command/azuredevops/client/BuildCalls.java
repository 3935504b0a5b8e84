package io.countersign.command.azuredevops.client;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Builds, to read. */
public final class BuildCalls {

  private final Sender sender;

  BuildCalls(Sender sender) {
    this.sender = sender;
  }

  /**
   * Builds that finished in a time, the earliest first, in the shape webhooks of version 2.0 have.
   *
   * @param project name or id
   * @param most so many at most
   */
  public Answer<List<JsonNode>> finished(String project, Instant from, Instant to, int most) {
    return sender.send(
        Call.get("builds", Scope.BUILD, Call.in(project) + "/_apis/build/builds")
            .with("statusFilter", "completed")
            .with("queryOrder", "finishTimeAscending")
            .with("minTime", from)
            .with("maxTime", to)
            .with("$top", most),
        Sender.Shape.values(Sender.Shape::object));
  }
}

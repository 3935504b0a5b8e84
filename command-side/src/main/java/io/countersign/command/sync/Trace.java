package io.countersign.command.sync;

import io.countersign.command.azuredevops.client.Answer;
import io.countersign.command.azuredevops.client.Slice;
import io.countersign.command.azuredevops.client.WorkItemCalls;
import io.countersign.kernel.workitem.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happened to a work item since a revision.
 *
 * @param ours revision that a write of ours made, if it is there
 * @param oursState the state it brought
 * @param lastState revision of the last change of the state
 */
record Trace(@Nullable Integer ours, @Nullable String oursState, @Nullable Integer lastState) {

  static final Trace NONE = new Trace(null, null, null);

  /** Nobody reads more: an item that changes so much is somebody's script. */
  private static final int MOST_PAGES = 50;

  /** Reads the updates since a revision; the update ids of later ones are not smaller. */
  static Answer<Trace> since(WorkItemCalls items, int number, int revision, String marker) {
    Trace trace = NONE;
    int skip = Math.max(0, revision - 1);
    for (int page = 0; page < MOST_PAGES; page++) {
      switch (items.updates(number, skip)) {
        case Answer.Failure<Slice> failure -> {
          return failure.as();
        }
        case Answer.Ok<Slice> ok -> {
          for (JsonNode update : ok.value().items()) {
            trace = trace.with(update, marker);
          }
          skip += ok.value().items().size();
          if (ok.value().last()) {
            return new Answer.Ok<>(trace, null, ok.activity());
          }
        }
      }
    }
    return new Answer.Ok<>(trace, null, null);
  }

  private Trace with(JsonNode update, String marker) {
    int rev = update.path("rev").asInt(0);
    JsonNode fields = update.path("fields");
    String state = fields.path(Fields.STATE).path("newValue").asString(null);
    String said = fields.path("System.History").path("newValue").asString("");
    boolean isOurs = state != null && said.contains(marker);
    return new Trace(
        isOurs ? Integer.valueOf(rev) : ours,
        isOurs ? state : oursState,
        state == null ? lastState : Integer.valueOf(rev));
  }
}

package io.countersign.command.azuredevops.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Everything that changed, in slices: the way the service recommends to find what webhooks missed.
 * The token of the last slice is the watermark to go on from later.
 */
public final class ReportingCalls {

  private static final int PAGE = 1_000;

  private final Sender sender;

  ReportingCalls(Sender sender) {
    this.sender = sender;
  }

  /**
   * Where to read on.
   *
   * @param token of the slice before
   * @param since with no token: from when on
   */
  public record From(@Nullable String token, @Nullable Instant since) {

    /** From the very first change on. */
    public static final From THE_BEGINNING = new From(null, null);

    /** After a slice. */
    public static From after(Slice slice) {
      return new From(slice.token(), null);
    }

    /** From a time on. */
    public static From time(Instant since) {
      return new From(null, since);
    }
  }

  /**
   * Revisions of all work items, deleted ones too. Changes of links make none.
   *
   * @param project name or id; absent: of the whole organization
   * @param fields reference names; all but long text when empty
   */
  public Answer<Slice> revisions(@Nullable String project, From from, List<String> fields) {
    return read(
        Call.get(
                "reporting-revisions",
                Scope.WORK,
                Call.in(project) + "/_apis/wit/reporting/workitemrevisions")
            .with("fields", fields.isEmpty() ? null : String.join(",", fields))
            .with("includeDeleted", true)
            .with("includeIdentityRef", true)
            .with("$maxPageSize", PAGE),
        from);
  }

  /** Links that were added or removed. */
  public Answer<Slice> links(@Nullable String project, From from) {
    return read(
        Call.get(
            "reporting-links", Scope.WORK, Call.in(project) + "/_apis/wit/reporting/workitemlinks"),
        from);
  }

  private Answer<Slice> read(Call call, From from) {
    return sender.send(
        call.with("continuationToken", from.token())
            .with("startDateTime", from.token() == null ? from.since() : null),
        ReportingCalls::slice);
  }

  private static @Nullable Slice slice(JsonNode json) {
    List<JsonNode> items = Sender.Shape.listOf("values", Sender.Shape::object).read(json);
    if (items == null || !json.path("isLastBatch").isBoolean()) {
      return null;
    }
    boolean last = json.path("isLastBatch").booleanValue();
    String token = json.path("continuationToken").asString(null);
    // without a token the next call would begin anew, for ever
    return token == null && !last ? null : new Slice(items, token, last);
  }
}

package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All revisions and all link changes, batch by batch. The token of the last batch is where the next
 * reading begins.
 */
final class ReportingApi {

  private static final int BATCH = 200;
  private static final int MOST = 1000;

  private final Organization organization;
  private final Place place;

  ReportingApi(Organization organization) {
    this.organization = organization;
    this.place = organization.place();
  }

  void routes(Router router) {
    router
        .on("GET", "wit/reporting/workitemrevisions", this::revisions)
        .on("POST", "wit/reporting/workitemrevisions", this::revisions)
        .on("GET", "wit/reporting/workitemlinks", this::links);
  }

  /** What is asked for, by query parameters or, in a POST, in part by the body. */
  private record Asked(
      @Nullable Project project,
      Set<String> fields,
      Set<String> types,
      boolean includeDeleted,
      boolean includeIdentityRef,
      boolean latestOnly,
      @Nullable Instant from) {}

  private Answer revisions(Call call) {
    Asked asked = asked(call);
    int most = Math.max(1, call.number("$maxPageSize", BATCH, MOST));
    long token = token(call);
    boolean mayRead = organization.access().may(call.by(), Permission.READ);
    ObjectNode answer = Wire.object();
    ArrayNode values = answer.putArray("values");
    long reached = token;
    boolean last = true;
    List<WorkItem> all = organization.items().readAll(items -> items);
    for (Revision revision : organization.items().after(token)) {
      if (values.size() == most) {
        last = false;
        break;
      }
      reached = revision.watermark();
      WorkItem item = find(all, revision.itemId());
      if (item != null && mayRead && wanted(revision, item, asked)) {
        values.add(json(revision, item, asked));
      }
    }
    return batch(call, answer, reached, last, "workItemRevisions");
  }

  private static @Nullable WorkItem find(List<WorkItem> all, int id) {
    int low = 0;
    int high = all.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = all.get(middle).id();
      if (found == id) {
        return all.get(middle);
      }
      if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private static boolean wanted(Revision revision, WorkItem item, Asked asked) {
    String type = String.valueOf(revision.fields().get("System.WorkItemType"));
    return (asked.project() == null || asked.project().id().equals(item.project().id()))
        && (asked.types().isEmpty() || asked.types().contains(type))
        && (asked.includeDeleted() || !item.isDeleted())
        && (!asked.latestOnly() || revision.rev() == item.rev())
        && (asked.from() == null || !revision.at().isBefore(asked.from()));
  }

  private ObjectNode json(Revision revision, WorkItem item, Asked asked) {
    ObjectNode json = Wire.object();
    json.put("id", revision.itemId());
    json.put("rev", revision.rev());
    ObjectNode fields =
        organization
            .itemJson()
            .fields(revision.fields(), asked.fields(), asked.includeIdentityRef());
    put(fields, asked, "System.Id", Wire.JSON.valueToTree(revision.itemId()));
    put(fields, asked, "System.Rev", Wire.JSON.valueToTree(revision.rev()));
    put(fields, asked, "System.Watermark", Wire.JSON.valueToTree(revision.watermark()));
    put(fields, asked, WorkItemJson.DELETED, Wire.JSON.valueToTree(revision.deleted()));
    json.set("fields", fields);
    return json;
  }

  private static void put(ObjectNode fields, Asked asked, String name, JsonNode value) {
    if (asked.fields().isEmpty() || asked.fields().contains(name)) {
      fields.set(name, value);
    }
  }

  private Answer links(Call call) {
    Project project = organization.projectOf(call);
    boolean mayRead = organization.access().may(call.by(), Permission.READ);
    long token = token(call);
    String start = call.parameter("startDateTime");
    Instant from = start == null ? null : Dates.parse(start);
    ObjectNode answer = Wire.object();
    ArrayNode values = answer.putArray("values");
    long reached = token;
    boolean last = true;
    for (LinkChange change : organization.items().linksAfter(token)) {
      if (values.size() == MOST) {
        last = false;
        break;
      }
      reached = change.number();
      boolean wanted =
          mayRead
              && (project == null || project.id().equals(change.source().project().id()))
              && (from == null || !change.at().isBefore(from));
      if (wanted) {
        values.add(json(change));
      }
    }
    return batch(call, answer, reached, last, "workItemLinks");
  }

  private ObjectNode json(LinkChange change) {
    ObjectNode json = Wire.object();
    json.put("rel", change.rel());
    ObjectNode attributes = json.putObject("attributes");
    attributes.put("sourceId", change.source().id());
    attributes.put("targetId", change.target().id());
    attributes.put("isActive", change.active());
    attributes.put("changedDate", Wire.fieldTime(change.at()));
    attributes.set("changedBy", place.person(change.by()));
    attributes.put("comment", "");
    attributes.put("changedOperation", change.active() ? "create" : "remove");
    attributes.put("sourceProjectId", change.source().project().id().toString());
    attributes.put("targetProjectId", change.target().project().id().toString());
    return json;
  }

  private Answer batch(Call call, ObjectNode answer, long reached, boolean last, String what) {
    String project = call.projectKey();
    answer.put(
        "nextLink",
        place.url(
            (project == null ? "" : Place.encoded(project) + "/")
                + "_apis/wit/reporting/"
                + what
                + "?continuationToken="
                + reached
                + "&api-version=7.1"));
    answer.put("continuationToken", Long.toString(reached));
    answer.put("isLastBatch", last);
    return Answer.json(answer);
  }

  private Asked asked(Call call) {
    JsonNode body = call.json();
    Set<String> fields = set(call.parameter("fields"), body.path("fields"));
    Set<String> types = set(call.parameter("types"), body.path("types"));
    String from = call.parameter("startDateTime");
    return new Asked(
        organization.projectOf(call),
        fields,
        types,
        call.isSet("includeDeleted") || body.path("includeDeleted").asBoolean(false),
        call.isSet("includeIdentityRef") || body.path("includeIdentityRef").asBoolean(false),
        call.isSet("includeLatestOnly") || body.path("includeLatestOnly").asBoolean(false),
        from == null ? null : Dates.parse(from));
  }

  private static Set<String> set(@Nullable String parameter, JsonNode array) {
    Set<String> all = new LinkedHashSet<>();
    if (parameter != null && !parameter.isBlank()) {
      all.addAll(List.of(parameter.split("\\s*,\\s*")));
    }
    array.forEach(one -> all.add(one.asString("")));
    return all;
  }

  private static long token(Call call) {
    String token = call.parameter("continuationToken");
    if (token == null || token.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw ApiError.badArgument("The continuationToken is none of this service.");
    }
  }
}

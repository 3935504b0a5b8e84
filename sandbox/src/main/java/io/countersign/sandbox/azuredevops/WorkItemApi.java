package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import io.countersign.sandbox.azuredevops.WorkItemJson.Expand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Work items: reading and writing them. */
final class WorkItemApi {

  private static final String PATCH_TYPE = "application/json-patch+json";
  private static final int BATCH = 200;

  private final Organization organization;
  private final WorkItems items;
  private final WorkItemJson json;

  WorkItemApi(Organization organization) {
    this.organization = organization;
    this.items = organization.items();
    this.json = organization.itemJson();
  }

  void routes(Router router) {
    router
        .on("GET", "wit/workitems", this::list)
        .on("POST", "wit/workitemsbatch", this::batch)
        .on("GET", "wit/workitems/{id}", this::get)
        .on("POST", "wit/workitems/{type}", this::create)
        .on("PATCH", "wit/workitems/{id}", this::change)
        .on("DELETE", "wit/workitems/{id}", this::delete);
  }

  private Answer get(Call call) {
    organization.projectOf(call);
    Expand expand = Expand.of(call.parameter("$expand"));
    Set<String> only = only(call.parameter("fields"));
    String asOf = call.parameter("asOf");
    ObjectNode answer =
        items.read(
            visible(call),
            item -> {
              Revision revision = asOf == null ? item.now() : then(item, asOf);
              return json.item(item.project(), revision, only, expand);
            });
    answer.putObject("multilineFieldsFormat");
    return Answer.json(answer);
  }

  private Answer list(Call call) {
    String ids = call.parameter("ids");
    if (ids == null || ids.isBlank()) {
      throw ApiError.badArgument("The parameter ids is missing.");
    }
    List<Integer> numbers = new ArrayList<>();
    for (String id : ids.split(",")) {
      numbers.add(number(id.strip()));
    }
    return many(
        call,
        numbers,
        only(call.parameter("fields")),
        Expand.of(call.parameter("$expand")),
        "omit".equalsIgnoreCase(call.parameter("errorPolicy")));
  }

  private Answer batch(Call call) {
    JsonNode body = call.json();
    List<Integer> numbers = new ArrayList<>();
    body.path("ids").forEach(id -> numbers.add(id.asInt()));
    Set<String> only = new LinkedHashSet<>();
    body.path("fields").forEach(field -> only.add(field.asString("")));
    JsonNode expand = body.path("$expand");
    JsonNode policy = body.path("errorPolicy");
    return many(
        call,
        numbers,
        only,
        Expand.of(expand.isString() ? expand.asString() : null),
        policy.asString("").equalsIgnoreCase("omit") || policy.asInt(0) == 2);
  }

  private Answer many(
      Call call, List<Integer> numbers, Set<String> only, Expand expand, boolean omit) {
    if (numbers.isEmpty() || numbers.size() > BATCH) {
      throw ApiError.badArgument(
          "VS403474: You passed %d items, and the allowed range is 1 to %d."
              .formatted(numbers.size(), BATCH));
    }
    List<JsonNode> all = new ArrayList<>();
    for (int number : numbers) {
      try {
        requireMay(call.by(), Permission.READ, number);
        all.add(items.read(number, item -> json.listed(item.project(), item.now(), only, expand)));
      } catch (ApiError e) {
        if (!omit) {
          throw e;
        }
        all.add(Wire.JSON.nullNode());
      }
    }
    return Answer.list(all);
  }

  private Answer create(Call call) {
    Project project = organization.requireProject(call);
    String type = call.variable("type");
    if (!type.startsWith("$")) {
      throw ApiError.badArgument("The type of a new work item is written as $Type.");
    }
    PatchDocument patch = patch(call);
    WriteOptions how = options(call);
    if (!organization.access().may(call.by(), Permission.WRITE)) {
      throw ApiError.denied(
          "TF237111: The current user does not have permissions to save work items under the"
              + " specified area path.");
    }
    return written(items.create(project, type.substring(1), patch, call.by(), how), project);
  }

  private Answer change(Call call) {
    organization.projectOf(call);
    int id = visible(call);
    PatchDocument patch = patch(call);
    WriteOptions how = options(call);
    requireMay(call.by(), Permission.WRITE, id);
    Project project = items.read(id, WorkItem::project);
    return written(items.change(id, patch, call.by(), how), project);
  }

  private Answer written(Revision revision, Project project) {
    ObjectNode answer = json.item(project, revision, Set.of(), Expand.ALL);
    answer.putObject("multilineFieldsFormat");
    return Answer.json(answer);
  }

  private Answer delete(Call call) {
    int id = visible(call);
    requireMay(call.by(), Permission.WRITE, id);
    WorkItem item = items.delete(id, call.isSet("destroy"), call.by());
    return items.readAll(_ -> Answer.json(deleted(item, call.by())));
  }

  private ObjectNode deleted(WorkItem item, SandboxPerson by) {
    Instant at = item.deletedAt();
    return json.deleted(item, by, at == null ? organization.moments().now() : at);
  }

  private static PatchDocument patch(Call call) {
    String type = call.request().headers().getOrDefault("Content-Type", "");
    if (!type.toLowerCase(Locale.ROOT).startsWith(PATCH_TYPE)) {
      throw ApiError.contentType(call.request().method(), type.replaceAll(";.*", ""));
    }
    return PatchDocument.read(call.json());
  }

  private WriteOptions options(Call call) {
    WriteOptions how = WriteOptions.of(call);
    if (how.bypassRules() && !organization.access().may(call.by(), Permission.BYPASS_RULES)) {
      throw ApiError.denied("TF237124: Permission to bypass the rules of work items is missing.");
    }
    if (how.suppressNotifications()
        && !organization.access().may(call.by(), Permission.SUPPRESS_NOTIFICATIONS)) {
      throw ApiError.denied("Permission to suppress notifications is missing.");
    }
    return how;
  }

  /** The item of the path, if it may be seen. */
  private int visible(Call call) {
    int id = call.id();
    requireMay(call.by(), Permission.READ, id);
    return id;
  }

  private void requireMay(SandboxPerson by, Permission permission, int id) {
    if (!organization.access().may(by, permission)) {
      throw ApiError.noWorkItem(id);
    }
  }

  /** The revision that held at a time. */
  private static Revision then(WorkItem item, String asOf) {
    Instant at = Dates.parse(asOf);
    return item.revisions().stream()
        .filter(revision -> !revision.at().isAfter(at))
        .reduce((_, later) -> later)
        .orElseThrow(() -> ApiError.noWorkItem(item.id()));
  }

  private static int number(String id) {
    try {
      return Integer.parseInt(id);
    } catch (NumberFormatException e) {
      throw ApiError.badArgument("'%s' is not a number of a work item.".formatted(id));
    }
  }

  private static Set<String> only(@Nullable String fields) {
    return fields == null || fields.isBlank()
        ? Set.of()
        : new LinkedHashSet<>(Arrays.asList(fields.split("\\s*,\\s*")));
  }
}

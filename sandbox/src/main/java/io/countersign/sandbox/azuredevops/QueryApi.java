package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Queries of work items. */
final class QueryApi {

  private static final int MOST = 20_000;

  private final Organization organization;

  QueryApi(Organization organization) {
    this.organization = organization;
  }

  void routes(Router router) {
    router.on("POST", "wit/wiql", this::query);
  }

  private Answer query(Call call) {
    Place place = organization.place();
    Project project = organization.projectOf(call);
    String text = call.json().path("query").asString("");
    if (text.isBlank()) {
      throw ApiError.badQuery("TF51006: The query statement is missing.");
    }
    Wiql wiql = Wiql.parse(text, project == null ? null : project.name());
    int top = call.number("$top", MOST, MOST);
    boolean mayRead = organization.access().may(call.by(), Permission.READ);
    List<ObjectNode> found =
        organization
            .items()
            .readAll(
                all -> {
                  List<WorkItem> hits = new ArrayList<>();
                  for (WorkItem item : all) {
                    if (mayRead && !item.isDeleted() && wiql.where().test(item)) {
                      hits.add(item);
                    }
                  }
                  sort(hits, wiql);
                  return hits.stream().limit(top).map(item -> reference(place, item)).toList();
                });
    ObjectNode answer = Wire.object();
    answer.put("queryType", "flat");
    answer.put("queryResultType", "workItem");
    answer.put("asOf", Wire.fieldTime(organization.moments().now()));
    ArrayNode columns = answer.putArray("columns");
    wiql.columns().forEach(column -> columns.add(column(place, column)));
    String orderBy = wiql.orderBy();
    if (orderBy != null) {
      ObjectNode sort = answer.putArray("sortColumns").addObject();
      sort.set("field", column(place, orderBy));
      sort.put("descending", wiql.descending());
    }
    ArrayNode items = answer.putArray("workItems");
    found.forEach(items::add);
    return Answer.json(answer);
  }

  private static void sort(List<WorkItem> hits, Wiql wiql) {
    String field = wiql.orderBy();
    if (field == null) {
      return;
    }
    Comparator<WorkItem> order =
        field.equalsIgnoreCase("System.Id")
            ? Comparator.comparingInt(WorkItem::id)
            : Comparator.comparing(item -> item.text(field));
    hits.sort(wiql.descending() ? order.reversed() : order);
  }

  private static ObjectNode reference(Place place, WorkItem item) {
    return Wire.object()
        .put("id", item.id())
        .put("url", place.url("_apis/wit/workItems/" + item.id()));
  }

  private static ObjectNode column(Place place, String field) {
    return Wire.object()
        .put("referenceName", field)
        .put("name", FieldRules.name(field))
        .put("url", place.url("_apis/wit/fields/" + field));
  }
}

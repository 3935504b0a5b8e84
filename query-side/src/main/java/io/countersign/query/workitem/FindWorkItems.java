package io.countersign.query.workitem;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.query.reading.PageCursor;
import io.countersign.query.reading.RequestParameters;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.util.MultiValueMap;

/**
 * Which work items, in which order, from where on.
 *
 * @param conditions SQL over {@code i} with named parameters
 * @param values of the named parameters
 * @param order how they are sorted
 * @param limit how many at most
 * @param parameters what was asked
 */
record FindWorkItems(
    List<String> conditions,
    Map<String, Object> values,
    Order order,
    int limit,
    RequestParameters parameters) {

  private static final Set<String> FILTERS =
      Set.of(
          "project",
          "state",
          "type",
          "assignee",
          "organization",
          "incomplete",
          "violated",
          "deleted",
          "sort");

  private static final List<String> STATES =
      Arrays.stream(WorkItemState.values()).map(WorkItemState::word).toList();

  /** How work items can be sorted; their id decides between equals. */
  enum Order {
    CHANGED_AT("changedAt", "changed_at", false),
    CHANGED_AT_DOWN("-changedAt", "changed_at", true),
    NUMBER("number", "number", false),
    NUMBER_DOWN("-number", "number", true);

    private static final List<String> WORDS =
        List.of("changedAt", "-changedAt", "number", "-number");

    private final String word;
    private final String column;
    private final boolean down;

    Order(String word, String column, boolean down) {
      this.word = word;
      this.column = column;
      this.down = down;
    }

    static Order of(String word) {
      return values()[WORDS.indexOf(word)];
    }

    String sql() {
      String direction = down ? " desc" : "";
      return "i." + column + direction + ", i.id" + direction;
    }

    String beyond() {
      return "(i.%s, i.id) %s (:cursor_value, :cursor_id)".formatted(column, down ? "<" : ">");
    }

    Object value(String text) {
      if (!column.equals("changed_at")) {
        return Integer.valueOf(text);
      }
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(e);
      }
    }

    PageCursor cursor(WorkItemRow row) {
      String value =
          column.equals("changed_at") ? row.changedAt().toString() : String.valueOf(row.number());
      return new PageCursor(word, value, row.id());
    }
  }

  /** Reads the query parameters. */
  static FindWorkItems of(MultiValueMap<String, String> query) {
    RequestParameters asked =
        new RequestParameters(query, FILTERS, RequestParameters.PAGE, RequestParameters.POSITION);
    List<String> conditions = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    asked
        .parsed("project", "project:<organization>:<key>", ProjectId::parse)
        .ifPresent(id -> equal("project", id.toString(), conditions, values));
    asked
        .parsed("state", "one of " + STATES, WorkItemState::of)
        .ifPresent(state -> equal("state", state.word(), conditions, values));
    asked
        .text("type")
        .ifPresent(type -> equal("type", type.replace('\0', '\uFFFD'), conditions, values));
    asked
        .parsed("assignee", "a subject id", UUID::fromString)
        .ifPresent(id -> equal("assigned_to", id, conditions, values));
    asked
        .parsed("organization", "an organization id", OrganizationId::new)
        .ifPresent(id -> equal("organization", id.value(), conditions, values));
    for (String flag : List.of("incomplete", "violated", "deleted")) {
      asked.flag(flag).ifPresent(wanted -> conditions.add((wanted ? "i." : "not i.") + flag));
    }
    Order order = Order.of(asked.oneOf("sort", Order.WORDS, "-changedAt"));
    asked.after(order.word).ifPresent(cursor -> beyond(cursor, order, conditions, values));
    return new FindWorkItems(conditions, values, order, asked.limit(), asked);
  }

  private static void equal(
      String column, Object value, List<String> conditions, Map<String, Object> values) {
    conditions.add("i.%1$s = :%1$s".formatted(column));
    values.put(column, value);
  }

  private static void beyond(
      PageCursor cursor, Order order, List<String> conditions, Map<String, Object> values) {
    try {
      values.put("cursor_value", order.value(cursor.value()));
    } catch (IllegalArgumentException e) {
      throw RequestParameters.invalid("after", "the next of a page in the same order expected");
    }
    values.put("cursor_id", cursor.id());
    conditions.add(order.beyond());
  }

  /** The statement; it asks for one more than the limit, to know whether there are more. */
  String sql() {
    return "select %s from rm.work_item i %s order by %s limit %d"
        .formatted(
            WorkItemRow.COLUMNS,
            conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions),
            order.sql(),
            limit + 1);
  }
}

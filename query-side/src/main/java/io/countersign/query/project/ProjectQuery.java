package io.countersign.query.project;

import io.countersign.query.reading.PageCursor;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads projects through the views. */
public final class ProjectQuery {

  /** The one order projects have. */
  static final String SORT = "id";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String SELECT =
      """
      select p.id, p.organization, p.name, p.process, p.process_chosen, p.registered_index,
        p.last_index,
        (select coalesce(jsonb_agg(to_jsonb(m) order by m.work_item_type, m.source_state), '[]')::text
         from rm.project_state_mapping m where m.project = p.id) as mappings
      from rm.project p
      """;

  private static final String PAGE =
      SELECT
          + """
          where p.id > :after and (:organization = '' or p.organization = :organization)
          order by p.id limit :limit
          """;

  private static final String ONE = SELECT + " where p.id = :id";

  private final DatabaseClient database;

  /** Reads from this database. */
  public ProjectQuery(DatabaseClient database) {
    this.database = database;
  }

  /** A page, stating that it reflects a position. */
  Mono<ProjectView.Page> find(
      Optional<String> organization, Optional<PageCursor> after, int limit, long position) {
    return database
        .sql(PAGE)
        .bind("organization", organization.orElse(""))
        .bind("after", after.map(PageCursor::id).orElse(""))
        .bind("limit", limit + 1)
        .map(ProjectQuery::view)
        .all()
        .collectList()
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<ProjectView> shown = more ? found.subList(0, limit) : found;
              String next =
                  more
                      ? new PageCursor(SORT, shown.getLast().id(), shown.getLast().id()).encode()
                      : null;
              return new ProjectView.Page(shown, next, position);
            });
  }

  /** One project; empty when there is none. */
  Mono<ProjectView> one(String id) {
    return database.sql(ONE).bind("id", id).map(ProjectQuery::view).one();
  }

  private static ProjectView view(Readable row) {
    return new ProjectView(
        required(row, "id", String.class),
        required(row, "organization", String.class),
        row.get("name", String.class),
        required(row, "process", String.class),
        required(row, "process_chosen", Boolean.class),
        List.of(
            JSON.readValue(
                required(row, "mappings", String.class), ProjectView.StateMapping[].class)),
        required(row, "registered_index", Long.class),
        required(row, "last_index", Long.class));
  }

  private static <T> T required(Readable row, String column, Class<T> type) {
    return Objects.requireNonNull(row.get(column, type), column);
  }
}

package io.countersign.query.traceability;

import io.countersign.query.reading.PageCursor;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reads the matrix and its findings through the views. */
public final class TraceabilityQuery {

  /** The one order each list has. */
  static final String MATRIX_SORT = "number";

  static final String FINDING_SORT = "kind";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DatabaseClient database;
  private final Measures measures;

  /** Reads from this database, by the policies that hold at the time. */
  public TraceabilityQuery(DatabaseClient database, Clock clock) {
    this.database = database;
    this.measures = new Measures(database, clock);
  }

  private record Numbered(int number, MatrixView row) {}

  /** A page of the matrix of a project. */
  Mono<MatrixView.Page> matrix(
      String project, Optional<PageCursor> after, int limit, long position) {
    return measures
        .now(project)
        .flatMap(measure -> matrix(measure, project, after, limit, position));
  }

  private Mono<MatrixView.Page> matrix(
      Measure measure, String project, Optional<PageCursor> after, int limit, long position) {
    return statement(TraceabilitySql.MATRIX, measure)
        .bind("project", project)
        .bind("after", after.map(cursor -> Integer.parseInt(cursor.value())).orElse(0))
        .bind("limit", limit + 1)
        .map(row -> row(row, measure))
        .all()
        .collectList()
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<Numbered> shown = more ? found.subList(0, limit) : found;
              return new MatrixView.Page(
                  shown.stream().map(Numbered::row).toList(),
                  measure.policy(),
                  more ? cursor(MATRIX_SORT, String.valueOf(shown.getLast().number())) : null,
                  position);
            });
  }

  private record Placed(String place, MatrixView.Finding finding) {}

  /** A page of the findings of a project, of one kind or of all. */
  Mono<MatrixView.Findings> findings(
      String project, String kind, Optional<PageCursor> after, int limit, long position) {
    return measures
        .now(project)
        .flatMap(measure -> findings(measure, project, kind, after, limit, position));
  }

  private Mono<MatrixView.Findings> findings(
      Measure measure,
      String project,
      String kind,
      Optional<PageCursor> after,
      int limit,
      long position) {
    return statement(TraceabilitySql.FINDINGS, measure)
        .bind("project", project)
        .bind("kind", kind)
        .bind("after", after.map(PageCursor::value).orElse(""))
        .bind("limit", limit + 1)
        .map(TraceabilityQuery::finding)
        .all()
        .collectList()
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<Placed> shown = more ? found.subList(0, limit) : found;
              return new MatrixView.Findings(
                  shown.stream().map(Placed::finding).toList(),
                  measure.policy(),
                  more ? cursor(FINDING_SORT, shown.getLast().place()) : null,
                  position);
            });
  }

  /** The parameters a statement has no use for are left out: binding them would be refused. */
  private DatabaseClient.GenericExecuteSpec statement(String sql, Measure measure) {
    DatabaseClient.GenericExecuteSpec statement = database.sql(sql);
    for (Map.Entry<String, Object> parameter : measure.parameters().entrySet()) {
      if (sql.contains(":" + parameter.getKey())) {
        statement = statement.bind(parameter.getKey(), parameter.getValue());
      }
    }
    return statement;
  }

  private static String cursor(String sort, String value) {
    return new PageCursor(sort, value, value).encode();
  }

  private static Placed finding(Readable row) {
    FindingKind kind = FindingKind.of(text(row, "kind"));
    return new Placed(
        text(row, "place"),
        new MatrixView.Finding(
            kind, text(row, "id"), text(row, "type"), maybe(row, "other"), kind.words()));
  }

  private static Numbered row(Readable row, Measure measure) {
    var ancestors = list(row, "ancestors", MatrixView.Item[].class);
    var tasks = list(row, "tasks", MatrixView.Item[].class);
    var tests = list(row, "tests", MatrixView.Item[].class);
    var commits = list(row, "commits", String[].class);
    var pullRequests = list(row, "pull_requests", MatrixView.PullRequest[].class);
    var builds = list(row, "builds", MatrixView.Build[].class);
    var deployments = list(row, "deployments", MatrixView.Deployment[].class);
    String state = maybe(row, "state");
    boolean artifacts = !(commits.isEmpty() && pullRequests.isEmpty() && builds.isEmpty());
    return new Numbered(
        Objects.requireNonNull(row.get("number", Integer.class)),
        new MatrixView(
            new MatrixView.Item(text(row, "id"), maybe(row, "type"), state),
            ancestors,
            tasks,
            tests,
            commits,
            pullRequests,
            builds,
            deployments,
            new Holes(measure.hierarchy(), text(row, "type"), state)
                .of(ancestors, tasks, tests, artifacts, deployments)));
  }

  private static <T> List<T> list(Readable row, String column, Class<T[]> type) {
    return List.of(JSON.readValue(text(row, column), type));
  }

  private static String text(Readable row, String column) {
    return Objects.requireNonNull(maybe(row, column), column);
  }

  private static @Nullable String maybe(Readable row, String column) {
    return row.get(column, String.class);
  }
}

package io.countersign.query.traceability;

import io.countersign.kernel.project.Process;
import io.countersign.rules.policy.Trace;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * By what a project is judged: the hierarchy of the policy attached to it, the version in force
 * now; where that says none, or none is attached, of the policy that comes for its process.
 * Policies of an environment are for transitions and say nothing here.
 */
final class Measures {

  private static final String SQL =
      """
      select p.process, a.policy, a.version, a.sha256, t.parent, t.child, t.rationale, t.required
      from (select cast(:project as text) as project) asked
      left join rm.policy_project p on p.project = asked.project
      left join lateral (
        select x.policy, x.version, x.sha256 from rm.attached_policy x
        where x.project = asked.project and x.environment is null and x.holds_from <= :now
        order by x.holds_from desc, x.entry_index desc limit 1) a on true
      left join rm.policy_trace t on t.sha256 = a.sha256
      order by t.place
      """;

  private final DatabaseClient database;
  private final Clock clock;

  Measures(DatabaseClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Row(
      @Nullable String process, MatrixView.@Nullable Policy policy, @Nullable Trace trace) {}

  /** What holds for a project now. */
  Mono<Measure> now(String project) {
    return database
        .sql(SQL)
        .bind("project", project)
        .bind("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .map(Measures::row)
        .all()
        .collectList()
        .map(Measures::of);
  }

  private static Measure of(List<Row> rows) {
    Row first = rows.getFirst();
    MatrixView.Policy policy = first.policy();
    if (policy != null) {
      List<Trace> traces = rows.stream().map(Row::trace).filter(Objects::nonNull).toList();
      Measure attached = Measure.attached(policy, traces);
      if (!attached.hierarchy().isEmpty()) {
        return attached;
      }
    }
    return Measure.of(first.process() == null ? Process.AGILE : Process.of(first.process()));
  }

  private static Row row(Readable row) {
    String sha256 = text(row, "sha256");
    String parent = text(row, "parent");
    return new Row(
        text(row, "process"),
        sha256 == null
            ? null
            : new MatrixView.Policy(known(row, "policy"), known(row, "version"), sha256, true),
        parent == null
            ? null
            : new Trace(
                parent,
                known(row, "child"),
                known(row, "rationale"),
                Objects.requireNonNull(row.get("required", Boolean.class))));
  }

  private static String known(Readable row, String column) {
    return Objects.requireNonNull(text(row, column), column);
  }

  private static @Nullable String text(Readable row, String column) {
    return row.get(column, String.class);
  }
}

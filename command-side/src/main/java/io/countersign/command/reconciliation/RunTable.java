package io.countersign.command.reconciliation;

import io.countersign.command.reconciliation.Window.Position;
import io.countersign.kernel.project.ProjectId;
import io.countersign.kernel.reconciliation.Asked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far projects were compared, and who compares them. One run at a time holds a project: by a
 * lease, for no connection may be held while the source is asked. All times are the database's.
 */
final class RunTable {

  /** A run that shows no life for so long is over. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final String STATUS =
      """
      select project, name, reached, run, asked, started_at, ended_at, outcome, reason, missing, filled, silent, hooks,
        coalesce(lease_until > now(), false) as running
      from reconciliation.project
      """;

  private final JdbcClient jdbc;
  private final Duration lease;

  RunTable(DataSource dataSource) {
    this(dataSource, LEASE);
  }

  RunTable(DataSource dataSource, Duration lease) {
    this.jdbc = JdbcClient.create(dataSource);
    this.lease = lease;
  }

  /** For how long a project stays with a run that shows no life. */
  Duration lease() {
    return lease;
  }

  /** How a project stands. */
  record Status(
      ProjectId project,
      String name,
      @Nullable Instant reached,
      @Nullable UUID run,
      @Nullable String asked,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String outcome,
      @Nullable String reason,
      long missing,
      long filled,
      boolean silent,
      @Nullable String hooks,
      boolean running) {}

  /** The project was seen; it is compared from now on. */
  void see(ProjectId project, String name) {
    jdbc.sql(
            """
            insert into reconciliation.project (project, name) values (:project, :name)
            on conflict (project) do update set name = excluded.name where project.name <> excluded.name
            """)
        .param("project", project.toString())
        .param("name", name)
        .update();
  }

  /**
   * Takes a project, if nobody has it, and for the schedule if it is time.
   *
   * @return where to go on; empty when it is not to be had. A position without a moment is before
   *     the first window
   */
  Optional<Position> take(ProjectId project, UUID run, Asked asked) {
    return jdbc.sql(
            """
            update reconciliation.project
            set run = :run, asked = :asked, lease_until = now() + make_interval(secs => :lease), started_at = now(),
              ended_at = null
            where project = :project and (lease_until is null or lease_until < now())
              and (:asked <> 'schedule' or next_at <= now())
            returning revisions_token, compared, links_token, reached
            """)
        .param("run", run)
        .param("asked", asked.word())
        .param("lease", lease.toMillis() / 1_000.0)
        .param("project", project.toString())
        .query(
            (row, _) ->
                new Position(
                    row.getString("revisions_token"),
                    row.getLong("compared"),
                    row.getString("links_token"),
                    instant(row, "reached")))
        .optional();
  }

  /** Shows that the run lives. */
  void renew(ProjectId project, UUID run) throws NotComparedException {
    held(
        jdbc.sql(
                """
                update reconciliation.project set lease_until = now() + make_interval(secs => :lease)
                where project = :project and run = :run and ended_at is null
                """)
            .param("lease", lease.toMillis() / 1_000.0)
            .param("project", project.toString())
            .param("run", run)
            .update());
  }

  /** A window was compared and recorded: the next one begins behind it. */
  void advance(ProjectId project, UUID run, Position next) throws NotComparedException {
    held(
        jdbc.sql(
                """
                update reconciliation.project
                set revisions_token = :token, compared = :compared, links_token = :links, reached = :reached
                where project = :project and run = :run and ended_at is null
                """)
            .param("token", next.token())
            .param("compared", next.compared())
            .param("links", next.linkToken())
            .param("reached", time(next.reached()))
            .param("project", project.toString())
            .param("run", run)
            .update());
  }

  private static void held(int rows) throws NotComparedException {
    if (rows == 0) {
      throw new NotComparedException("another node took this project over");
    }
  }

  /** The run is over and nothing failed. */
  void compared(ProjectId project, UUID run, Duration every, Tally tally) {
    jdbc.sql(
            """
            update reconciliation.project
            set outcome = 'compared', reason = null, missing = :missing, filled = :filled,
              silent = case when :told then :silent else silent end,
              lease_until = null, ended_at = now(), next_at = now() + make_interval(secs => :every)
            where project = :project and run = :run and ended_at is null
            """)
        .param("missing", tally.missing())
        .param("filled", tally.filled())
        .param("told", tally.revisions() > 0)
        .param("silent", tally.isSilent())
        .param("every", every.toMillis() / 1_000.0)
        .param("project", project.toString())
        .param("run", run)
        .update();
  }

  /** The run is over and failed. */
  void failed(ProjectId project, UUID run, Duration every, String reason) {
    jdbc.sql(
            """
            update reconciliation.project
            set outcome = 'failed', reason = :reason, lease_until = null, ended_at = now(),
              next_at = now() + make_interval(secs => :every)
            where project = :project and run = :run and ended_at is null
            """)
        .param("reason", reason)
        .param("every", every.toMillis() / 1_000.0)
        .param("project", project.toString())
        .param("run", run)
        .update();
  }

  /** The run ends without a result, and the next one may begin at once. */
  void release(ProjectId project, UUID run) {
    jdbc.sql(
            """
            update reconciliation.project set lease_until = null, ended_at = now(), next_at = now()
            where project = :project and run = :run and ended_at is null
            """)
        .param("project", project.toString())
        .param("run", run)
        .update();
  }

  /** What is not well with the subscriptions, in words; absent when all is. */
  void hooks(ProjectId project, @Nullable String words) {
    jdbc.sql("update reconciliation.project set hooks = :words where project = :project")
        .param("words", words)
        .param("project", project.toString())
        .update();
  }

  /** Items that wait to be made whole. */
  SortedSet<Integer> outstanding(ProjectId project) {
    return new TreeSet<>(
        jdbc.sql("select item from reconciliation.outstanding where project = :project")
            .param("project", project.toString())
            .query(Integer.class)
            .list());
  }

  /** These wait from now on. */
  void remember(ProjectId project, Collection<Integer> items) {
    jdbc.sql(
            """
            insert into reconciliation.outstanding (project, item) select :project, unnest(:items::integer[])
            on conflict (project, item) do nothing
            """)
        .param("project", project.toString())
        .param("items", items.toArray(Integer[]::new))
        .update();
  }

  /** These are whole. */
  void forget(ProjectId project, Collection<Integer> items) {
    jdbc.sql(
            """
            delete from reconciliation.outstanding where project = :project and item = any(:items::integer[])
            """)
        .param("project", project.toString())
        .param("items", items.toArray(Integer[]::new))
        .update();
  }

  /** All projects, by id. */
  List<Status> all() {
    return jdbc.sql(STATUS + " order by project limit 1000").query((row, _) -> status(row)).list();
  }

  /** One. */
  Optional<Status> find(ProjectId project) {
    return jdbc.sql(STATUS + " where project = :project")
        .param("project", project.toString())
        .query((row, _) -> status(row))
        .optional();
  }

  private static Status status(ResultSet row) throws SQLException {
    return new Status(
        ProjectId.parse(row.getString("project")),
        row.getString("name"),
        instant(row, "reached"),
        row.getObject("run", UUID.class),
        row.getString("asked"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getLong("missing"),
        row.getLong("filled"),
        row.getBoolean("silent"),
        row.getString("hooks"),
        row.getBoolean("running"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Timestamp time(@Nullable Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}

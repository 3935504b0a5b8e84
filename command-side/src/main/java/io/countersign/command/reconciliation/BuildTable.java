package io.countersign.command.reconciliation;

import io.countersign.kernel.project.ProjectId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to when the builds of each project were compared. */
final class BuildTable {

  private final JdbcClient jdbc;

  BuildTable(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  Optional<Instant> reached(ProjectId project) {
    return jdbc.sql("select reached from reconciliation.builds where project = ?")
        .param(project.toString())
        .query((row, _) -> row.getTimestamp("reached").toInstant())
        .optional();
  }

  /** Never back: another node may have been faster. */
  void advance(ProjectId project, Instant to) {
    jdbc.sql(
            """
            insert into reconciliation.builds as b (project, reached) values (?, ?)
            on conflict (project) do update set reached = greatest(b.reached, excluded.reached)
            """)
        .param(project.toString())
        .param(Timestamp.from(to))
        .update();
  }
}

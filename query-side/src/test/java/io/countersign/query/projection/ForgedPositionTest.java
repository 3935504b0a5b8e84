package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.OrderedEngine;
import io.countersign.query.workitem.WorkItemProjection;
import io.countersign.testkit.projection.ReplayEquality;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who writes into the table of tokens decides what a projection reads, and a replay tells. */
class ForgedPositionTest {

  private final HikariDataSource dataSource = RunningProjections.migrated();

  @AfterEach
  void close() {
    dataSource.close();
  }

  @Test
  void entriesThatATokenPassedOverAreMissingInComparisonWithAReplay() throws SQLException {
    try (RunningProjections first = new RunningProjections(dataSource)) {
      first.append(List.of(Histories.everyKind(9, 1).getFirst()));
      first.reach(0);
    }
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          update query.token
          set token = convert_to('{"globalIndex":199}', 'UTF8'),
              token_type = 'org.axonframework.eventhandling.GlobalSequenceTrackingToken'
          where processor_name = 'work-items-v1'
          """);
    }
    List<Logged> events = Histories.everyKind(9, 200);
    OrderedEngine engine = new OrderedEngine();
    engine.appendEvents(RunningProjections.messages(events, new HashMap<>()));
    try (RunningProjections second =
        new RunningProjections(dataSource, engine, new WorkItemProjection())) {
      second.reach(199);
    }
    assertThatThrownBy(() -> replay().verify(events))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("only in the replay");
  }

  private ReplayEquality<Logged> replay() {
    WorkItemProjection projection = new WorkItemProjection();
    return new ReplayEquality<>(
        dataSource,
        projection.schema(),
        (connection, schema, batch) -> {
          RowBuffer buffer = new RowBuffer(projection.tables());
          for (Logged logged : batch) {
            if (logged.event() instanceof WorkItemEvent event) {
              buffer.add(logged.index(), projection.on(logged.index(), event, logged.provenance()));
            }
          }
          buffer.flush(connection, schema);
        });
  }
}

package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.workitem.WorkItemProjection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a unit of work costs. */
class LiveRowsTest {

  private static final WorkItemProjection PROJECTION = new WorkItemProjection();

  private final HikariDataSource dataSource = RunningProjections.migrated();
  private final List<String> calls = new ArrayList<>();
  private final LiveRows rows =
      new LiveRows(
          PROJECTION, PROJECTION.schema(), new Parking("work-items-v1", "work-items"), 1000);

  @AfterEach
  void close() {
    dataSource.close();
  }

  /** A connection that tells what is asked of it. */
  private Connection listening(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (!method.getName().equals("createArrayOf")) {
                calls.add(
                    method.getName().equals("prepareStatement")
                        ? arguments[0].toString().strip().lines().findFirst().orElse("")
                        : method.getName());
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static LiveBatch batch(long from, int... items) {
    var fold = new Fold<WorkItemEvent>(PROJECTION);
    var batch = new LiveBatch(fold, PROJECTION.tables());
    for (int item : items) {
      EventMessage<?> message =
          RunningProjections.messages(
                  List.of(
                      new Logged(
                          from,
                          Histories.registered(item, "title", Histories.START),
                          Histories.provenance("d" + item))),
                  new HashMap<>())
              .getFirst();
      batch.add(from, message, fold.changes(from, message));
      from++;
    }
    return batch;
  }

  private List<String> write(Connection connection, LiveBatch batch) {
    calls.clear();
    rows.write(
        listening(connection),
        0,
        batch,
        () -> {
          throw new AssertionError("nothing is done again");
        });
    return List.copyOf(calls);
  }

  @Test
  void whileNothingIsWrongABatchIsOneStatementForEachTable() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      rows.claimed(0);
      assertThat(write(connection, batch(0, 1, 2, 3)))
          .as("the first after a claim asks what is parked")
          .filteredOn(call -> !call.startsWith("merge into rm_workitem_v1."))
          .singleElement()
          .asString()
          .contains("query.parked_sequence");
      assertThat(write(connection, batch(3, 4, 5, 6)))
          .isNotEmpty()
          .allMatch(call -> call.startsWith("merge into rm_workitem_v1."))
          .doesNotHaveDuplicates();

      LiveBatch poisoned = batch(6, 8);
      EventMessage<?> message = batch(7, 7).events().getFirst().message();
      poisoned.addPoisoned(7, message, new Poison("Oops", null, "Oops at a.B", "a.Oops"));
      write(connection, poisoned);
      assertThat(write(connection, batch(8, 9, 10)))
          .as("others than the parked sequence pay nothing")
          .isNotEmpty()
          .allMatch(call -> call.startsWith("merge into rm_workitem_v1."));
      assertThat(write(connection, batch(10, 7)))
          .as("the parked one asks for itself and counts")
          .noneMatch(call -> call.startsWith("merge into"));
    }
  }
}

package io.countersign.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.Histories;
import io.countersign.query.Histories.Logged;
import io.countersign.query.OrderedEngine;
import io.countersign.query.workitem.WorkItemProjection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Poisoned events on Axon's own processors, over PostgreSQL. */
class ParkingTest {

  private static final String SEQUENCE = "workitem:fabrikam:1";
  private static final String TEXT = "words of somebody";

  private final HikariDataSource dataSource = RunningProjections.migrated();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);
  private final OrderedEngine engine = new OrderedEngine();

  @AfterEach
  void close() {
    dataSource.close();
  }

  private static Logged registered(int item) {
    return new Logged(
        0,
        Histories.registered(item, "title", Histories.START),
        Histories.provenance("registered-" + item));
  }

  private static Logged comment(int item, int update) {
    return new Logged(
        0,
        new WorkItemEvent.Commented(
            Histories.item(item),
            Histories.title(Histories.item(item), TEXT),
            Histories.change(update, Histories.START)),
        Histories.provenance("comment-" + item + "-" + update));
  }

  /** Refuses the first comment of work item 1, which is entry 1 in all these tests. */
  private void poison() {
    jdbc.sql(
            "alter table rm_workitem_v1.work_item_comment add constraint trip check (entry_index <> 1)")
        .update();
  }

  private void heal() {
    jdbc.sql("alter table rm_workitem_v1.work_item_comment drop constraint trip").update();
  }

  /** Entries 0 to 9: work item 1 with its poisoned comment, and eight others in all segments. */
  private static List<Logged> first() {
    List<Logged> events = new ArrayList<>(List.of(registered(1), comment(1, 2)));
    for (int item = 2; item < 10; item++) {
      events.add(registered(item));
    }
    return events;
  }

  private RunningProjections run() {
    return new RunningProjections(dataSource, engine, new WorkItemProjection());
  }

  private long number(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  private List<Long> letters() {
    return jdbc.sql("select entry_index from query.dead_letter order by 1")
        .query(Long.class)
        .list();
  }

  private static ProcessorStatus status(RunningProjections running) {
    return running.statuses.one("work-items-v1").orElseThrow();
  }

  @Test
  void onlyThePoisonedSequenceWaitsAndOthersOfItsBatchAndSegmentGoOn() {
    poison();
    try (RunningProjections running = run()) {
      running.append(first());
      running.reach(9);
      assertThat(number("select count(*) from rm_workitem_v1.work_item")).isEqualTo(9);
      assertThat(number("select count(*) from rm_workitem_v1.work_item where revision > 1"))
          .as("nothing of the poisoned event is written")
          .isZero();
      running.append(List.of(comment(2, 2), comment(1, 3), comment(3, 2), comment(1, 4)));
      running.reach(13);

      assertThat(letters()).containsExactly(1L, 11L, 13L);
      assertThat(number("select count(*) from rm_workitem_v1.work_item_comment")).isEqualTo(2);
      assertThat(number("select revision from rm_workitem_v1.work_item where number = 1")).isOne();
      ProcessorStatus status = status(running);
      assertThat(status.state()).isEqualTo(ProcessorStatus.State.RUNNING);
      assertThat(status.deadLetters()).isEqualTo(new Parking.Count(1, 3));
      var row =
          jdbc.sql("select p::text from query.parked_sequence p").query(String.class).single();
      assertThat(row)
          .contains(SEQUENCE, "sqlstate-23514", "constraint trip", "RowsRefusedException")
          .doesNotContain(TEXT, "Failing row");
      assertThat(number("select count(*) from query.dead_letter_event where kind = 'parked'"))
          .isOne();
    }
  }

  @Test
  void whatIsDoneAgainEventByEventCommitsWithItsToken() throws SQLException {
    poison();
    try (RunningProjections running = run();
        Connection connection = dataSource.getConnection()) {
      running.append(List.of(registered(1), comment(1, 2)));
      running.reach(1);
      assertThat(letters()).containsExactly(1L);
      assertThat(
              SegmentPositions.token(
                  connection,
                  Jackson3Serializer.builder().build(),
                  "work-items-v1",
                  SEQUENCE.hashCode() & 3))
          .isEqualTo(1);
    }
  }

  @Test
  void aFoldThatThrowsParksItsSequenceOnly() {
    var projection =
        ChangedWorkItems.after(
            event -> {
              if (event instanceof WorkItemEvent.Commented commented
                  && commented.workItem().equals(Histories.item(1))) {
                throw new IllegalStateException(TEXT);
              }
            });
    try (RunningProjections running = new RunningProjections(dataSource, engine, projection)) {
      List<Logged> events = first();
      events.addAll(List.of(comment(2, 2), registered(1)));
      running.append(events);
      running.reach(11);
      assertThat(number("select count(*) from rm_workitem_v1.work_item")).isEqualTo(9);
      assertThat(number("select count(*) from rm_workitem_v1.work_item_comment")).isOne();
      assertThat(letters()).containsExactly(1L, 11L);
      assertThat(jdbc.sql("select p::text from query.parked_sequence p").query(String.class).list())
          .singleElement()
          .asString()
          .contains("IllegalStateException", "ParkingTest.java")
          .doesNotContain(TEXT);
    }
  }

  @Test
  void aBrokenSchemaStopsAndParksNothing() {
    jdbc.sql("alter table rm_workitem_v1.work_item_comment rename to away").update();
    try (RunningProjections running = run()) {
      running.append(first());
      RunningProjections.eventually(() -> "sqlstate-42P01".equals(status(running).error()));
      assertThat(number("select count(*) from query.parked_sequence")).isZero();
      jdbc.sql("alter table rm_workitem_v1.away rename to work_item_comment").update();
      running.reach(9);
      assertThat(number("select count(*) from rm_workitem_v1.work_item_comment")).isOne();
    }
  }

  @Test
  void whenNoMoreMayWaitTheSegmentStopsAndSaysSo() {
    poison();
    try (RunningProjections running =
        new RunningProjections(dataSource, engine, new WorkItemProjection(), 2)) {
      running.append(first());
      running.append(List.of(comment(1, 3)));
      running.reach(10);
      running.append(List.of(comment(1, 4)));
      RunningProjections.eventually(() -> "dead-letters-full".equals(status(running).error()));
      assertThat(letters()).containsExactly(1L, 10L);
      heal();
      jdbc.sql("delete from query.parked_sequence").update();
      running.reach(11);
      assertThat(letters()).isEmpty();
      assertThat(number("select revision from rm_workitem_v1.work_item where number = 1"))
          .isEqualTo(4);
    }
  }

  @Test
  void anotherNodeThatClaimsTheSegmentParksWhatComesLater() {
    poison();
    try (RunningProjections running = run()) {
      running.append(first());
      running.reach(9);
    }
    heal();
    try (RunningProjections running = run()) {
      running.append(List.of(comment(1, 3), comment(2, 2)));
      running.reach(1);
      RunningProjections.eventually(() -> letters().size() == 2);
      assertThat(letters()).containsExactly(1L, 10L);
      assertThat(number("select revision from rm_workitem_v1.work_item where number = 1")).isOne();
    }
  }

  @Test
  void aTransactionThatFailsAtItsEndLeavesNothingHalf() {
    poison();
    jdbc.sql(
            """
            create function public.fail() returns trigger language plpgsql as
              $$ begin raise exception 'no' using errcode = '40001'; end $$;
            create constraint trigger fail after insert on query.dead_letter deferrable initially deferred
              for each row execute function public.fail()
            """)
        .update();
    try (RunningProjections running = run()) {
      running.append(first());
      RunningProjections.eventually(
          () ->
              number("select sum(n_tup_ins) from pg_stat_all_tables where relname = 'dead_letter'")
                  > 0);
      assertThat(number("select count(*) from query.parked_sequence")).isZero();
      assertThat(number("select count(*) from query.dead_letter_event")).isZero();
      assertThat(
              new SegmentPositions(dataSource)
                  .read("work-items-v1", Jackson3Serializer.builder().build())
                  .get(SEQUENCE.hashCode() & 3)
                  .position())
          .as("the token of its segment")
          .isLessThan(1);
      jdbc.sql("drop trigger fail on query.dead_letter").update();
      running.reach(9);
      assertThat(letters()).containsExactly(1L);
      assertThat(number("select count(*) from rm_workitem_v1.work_item")).isEqualTo(9);
      assertThat(number("select count(*) from query.dead_letter_event")).isOne();
    }
  }

  @Test
  void whoTakesASequenceAwayIsWaitedForAndThenItGoesOn() throws SQLException {
    poison();
    try (RunningProjections running = run();
        Connection desk = dataSource.getConnection()) {
      running.append(first());
      running.reach(9);
      heal();
      desk.setAutoCommit(false);
      try (var statement = desk.createStatement()) {
        statement.execute("select 1 from query.parked_sequence for update");
        running.append(List.of(comment(1, 3)));
        RunningProjections.eventually(
            () -> number("select count(*) from pg_locks where not granted") > 0);
        statement.execute("delete from query.parked_sequence");
        desk.commit();
      }
      desk.setAutoCommit(true);
      running.reach(10);
      assertThat(letters()).isEmpty();
      assertThat(number("select revision from rm_workitem_v1.work_item where number = 1"))
          .isEqualTo(3);
      running.append(List.of(comment(1, 4)));
      running.reach(11);
      assertThat(number("select count(*) from rm_workitem_v1.work_item_comment")).isEqualTo(2);
    }
  }

  /** Given up, and then, as after a restore of older tokens, there again. */
  @Test
  void aPoisonedEventThatComesAgainBeforeAParkedOneParksFromThereOn() {
    jdbc.sql(
            "alter table rm_workitem_v1.work_item_comment add constraint trip check (entry_index not in (1, 10))")
        .update();
    try (RunningProjections running = run()) {
      running.append(first());
      running.reach(9);
      jdbc.sql("delete from query.parked_sequence").update();
      running.append(List.of(comment(1, 3)));
      running.reach(10);
      assertThat(letters()).containsExactly(10L);
    }
    jdbc.sql("delete from query.token").update();
    jdbc.sql("delete from query.segment_position").update();
    try (RunningProjections running = run()) {
      running.append(List.of(comment(1, 4)));
      running.reach(11);
      assertThat(letters()).containsExactly(1L, 10L, 11L);
      assertThat(number("select first_entry from query.parked_sequence")).isOne();
    }
  }

  /** As after a restore of older tokens: what came before the parked event is not parked. */
  @Test
  void eventsThatComeAgainFromBeforeTheFirstLetterAreNoLetters() {
    poison();
    try (RunningProjections running = run()) {
      running.append(first());
      running.reach(9);
    }
    jdbc.sql("delete from query.token").update();
    jdbc.sql("delete from query.segment_position").update();
    try (RunningProjections running = run()) {
      running.append(LongStream.range(2, 10).mapToObj(i -> comment((int) i, 2)).toList());
      RunningProjections.eventually(
          () -> number("select count(*) from rm_workitem_v1.work_item_comment") == 8);
      assertThat(letters()).containsExactly(1L);
    }
  }
}

package io.countersign.command.sync;

import io.countersign.command.automation.IntentTable;
import io.countersign.kernel.workitem.SyncEvent;
import io.countersign.kernel.workitem.WorkItemEvent;
import java.util.List;

/** What our side still means to write, and waiting for it. */
final class Intended {

  private final TwoSides sides;

  Intended(TwoSides sides) {
    this.sides = sides;
  }

  /** Waits until the automation has seen all that its events ask for. */
  void awaitSeen(int number) {
    IntentTable.await(() -> isSeen(number));
  }

  /** Whether the automation has seen all that its events ask for. */
  boolean isSeen(int number) {
    return intents(number, "%") >= asked(number);
  }

  /** Waits until all that its events ask for is over. */
  void awaitWritten(int number) {
    IntentTable.await(() -> isOver(number));
  }

  /** In this order: what is run may ask for more before it is over. */
  boolean isOver(int number) {
    long asked = asked(number);
    return intents(number, "%") >= asked
        && intents(number, "waiting") == 0
        && intents(number, "failed") == 0
        && asked(number) == asked;
  }

  private long asked(int number) {
    return sides.eventsOf(number).stream().filter(this::asks).count();
  }

  private boolean asks(WorkItemEvent event) {
    return event instanceof WorkItemEvent.TransitionRequested
        || event instanceof SyncEvent.ReversalRequested
        || event instanceof SyncEvent.ConflictDetected;
  }

  /** Waits until a write of an item waits for this reason. */
  void awaitReason(int number, String code) {
    IntentTable.await(
        () ->
            sides.node.desk().standing(List.of(ToWrite.KIND, ToDecide.KIND), 500).stream()
                .anyMatch(
                    one ->
                        one.intent().payload().contains(sides.id(number).toString() + "\"")
                            && code.equals(one.code())));
  }

  /** Tries all writes that stand; how many there were. */
  int retryAll() {
    var standing = sides.node.desk().standing(List.of(ToWrite.KIND), 500);
    standing.forEach(one -> sides.node.desk().retry(one.intent().id(), "olga", "back again"));
    return standing.size();
  }

  /** Tries again until it is over: who tries while it runs changes nothing. */
  void retryUntilWritten(int number) {
    IntentTable.await(
        () -> {
          retryAll();
          return isOver(number);
        });
  }

  /** How each intent of an item stands, for who looks for what went wrong. */
  List<String> standing(int number) {
    return sides
        .table
        .jdbc
        .sql(
            """
            select concat_ws(' ', 'for entry', entry_index, kind, status, code, 'attempts', attempts)
            from automation.intent where payload like ? order by entry_index
            """)
        .param("%" + sides.id(number) + "\"%")
        .query(String.class)
        .list();
  }

  private long intents(int number, String status) {
    return sides
        .table
        .jdbc
        .sql("select count(*) from automation.intent where status like ? and payload like ?")
        .param(status)
        .param("%" + sides.id(number) + "\"%")
        .query(Long.class)
        .single();
  }
}

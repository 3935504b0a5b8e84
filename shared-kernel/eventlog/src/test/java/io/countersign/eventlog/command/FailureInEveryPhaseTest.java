package io.countersign.eventlog.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.append.EntryRefusedException;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something is thrown wherever a unit of work can be; the next commands see only what is stored.
 */
class FailureInEveryPhaseTest {

  private final LogDatabase database = new LogDatabase();
  private final AccountNode node = new AccountNode(database);

  @AfterEach
  void check() {
    node.close();
    LogInvariants.check(database);
    database.close();
  }

  private static Runnable thrown = () -> {};

  private static void fail() {
    thrown.run();
  }

  enum Trouble implements Consumer<UnitOfWork<?>> {
    WHILE_HANDLING(unitOfWork -> {}) {
      @Override
      public void accept(UnitOfWork<?> unitOfWork) {
        fail();
      }
    },
    PREPARE_COMMIT(unitOfWork -> unitOfWork.onPrepareCommit(u -> fail())),
    COMMIT_BEFORE_THE_APPEND(
        unitOfWork -> unitOfWork.onPrepareCommit(u -> u.onCommit(again -> fail()))),
    COMMIT_AFTER_THE_APPEND(unitOfWork -> unitOfWork.onCommit(u -> fail())),
    AFTER_COMMIT(unitOfWork -> unitOfWork.afterCommit(u -> fail())),
    CLEANUP(unitOfWork -> unitOfWork.onCleanup(u -> fail())),
    ROLLBACK(
        unitOfWork -> {
          unitOfWork.onRollback(u -> fail());
          unitOfWork.onPrepareCommit(
              u -> {
                throw new IllegalStateException("roll back");
              });
        });

    private final Consumer<UnitOfWork<?>> registers;

    Trouble(Consumer<UnitOfWork<?>> registers) {
      this.registers = registers;
    }

    @Override
    public void accept(UnitOfWork<?> unitOfWork) {
      registers.accept(unitOfWork);
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void anErrorLeavesNoHoleAndNoWrongState(Trouble trouble) {
    thrown =
        () -> {
          throw new StackOverflowError("injected");
        };
    commandsAround(trouble);
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void anExceptionLeavesNoHoleAndNoWrongState(Trouble trouble) {
    thrown =
        () -> {
          throw new IllegalStateException("injected");
        };
    commandsAround(trouble);
  }

  private void commandsAround(Trouble trouble) {
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(1L);
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(2L);
    assertThat(node.cache.containsKey("acc")).isTrue();
    catchThrowable(() -> node.send(new Account.Add("acc", 100, trouble)));
    long stored = stored("acc");
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(stored + 1);
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(stored + 2);
    assertThat(node.send(new Account.Spend("acc", stored + 3))).isEqualTo("refused");
    assertThat(node.send(new Account.Spend("acc", stored + 2))).isEqualTo("spent");
  }

  /** The same with the first command of an aggregate. */
  @ParameterizedTest
  @EnumSource(Trouble.class)
  void anErrorInTheFirstCommandOfAnAggregateLeavesNoHole(Trouble trouble) {
    thrown =
        () -> {
          throw new StackOverflowError("injected");
        };
    catchThrowable(() -> node.send(new Account.Add("new", 100, trouble)));
    long stored = stored("new");
    assertThat(node.send(new Account.Add("new", 1))).isEqualTo(stored + 1);
    assertThat(node.send(new Account.Add("new", 1))).isEqualTo(stored + 2);
  }

  @Test
  void anErrorInTheSerializerFailsTheCommandAndLeavesNoHole() {
    node.send(new Account.Add("acc", 1));
    assertThat(catchThrowable(() -> node.send(new Account.AddUnserializable("acc"))))
        .isInstanceOf(EntryRefusedException.class);
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(2L);
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(3L);
  }

  @Test
  void theSameCommandMessageTwiceIsStoredOnceAndCountsOnce() {
    node.send(new Account.Add("acc", 1));
    var command = GenericCommandMessage.asCommandMessage(new Account.Add("acc", 10));
    node.send(command);
    node.send(command); // the aggregate in memory has now applied it twice
    assertThat(stored("acc")).isEqualTo(11);
    assertThat(node.send(new Account.Add("acc", 1))).isEqualTo(12L);
  }

  @Test
  void aCachedAggregateIsUsedWithoutReadingItAgain() {
    node.send(new Account.Add("acc", 1));
    for (int i = 0; i < 3; i++) {
      assertThat(node.cache.containsKey("acc")).isTrue();
      node.send(
          new Account.Add("acc", 1, u -> assertThat(node.cache.containsKey("acc")).isFalse()));
    }
    node.send(new Account.Spend("acc", 100)); // refused, nothing stored: it comes back too
    assertThat(node.cache.containsKey("acc")).isTrue();
  }

  private long stored(String account) {
    return database.number(
        "select coalesce(sum((convert_from(payload, 'UTF8')::jsonb ->> 'amount')::bigint), 0)"
            + " from eventlog.entry where aggregate_id = '"
            + account
            + "'");
  }
}

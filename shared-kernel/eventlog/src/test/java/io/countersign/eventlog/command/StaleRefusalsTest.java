package io.countersign.eventlog.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another node moved on; what this node's cache would refuse is decided anew. */
class StaleRefusalsTest {

  private final LogDatabase database = new LogDatabase();
  private final AccountNode one = new AccountNode(database);
  private final AccountNode two = new AccountNode(database);
  private final TransientRetry retry = new TransientRetry(5, Duration.ofMillis(1));
  private final CommandGateway gateway =
      DefaultCommandGateway.builder()
          .commandBus(one.configuration.commandBus())
          .retryScheduler(retry)
          .build();

  @BeforeEach
  void nodeOneHasAnOldState() {
    one.send(new Account.Add("acc", 1));
    assertThat(one.cache.containsKey("acc")).isTrue();
    two.send(new Account.Add("acc", 10));
  }

  @AfterEach
  void check() {
    retry.close();
    one.close();
    two.close();
    LogInvariants.check(database);
    database.close();
  }

  @Test
  void aStaleRefusalFailsAsTransientAndLeavesTheCache() {
    assertThatThrownBy(() -> one.send(new Account.Spend("acc", 5)))
        .isInstanceOf(ConcurrencyException.class);
    assertThat(one.cache.containsKey("acc")).isFalse();
    assertThat(one.send(new Account.Spend("acc", 5))).isEqualTo("spent");
  }

  @Test
  void aStaleRefusalByExceptionFailsAsTransientToo() {
    assertThatThrownBy(() -> one.send(new Account.SpendOrThrow("acc", 5)))
        .isInstanceOf(ConcurrencyException.class);
    one.send(new Account.SpendOrThrow("acc", 5));
    assertThatThrownBy(() -> one.send(new Account.SpendOrThrow("acc", 500)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theGatewayDecidesItAnew() {
    assertThat(gateway.<String>sendAndWait(new Account.Spend("acc", 5))).isEqualTo("spent");
    assertThat(gateway.<String>sendAndWait(new Account.Spend("acc", 500))).isEqualTo("refused");
  }

  @Test
  void theGatewayRepeatsAConflict() {
    assertThat(gateway.<Long>sendAndWait(new Account.Add("acc", 5))).isEqualTo(16L);
  }

  @Test
  void theGatewayGivesUpAfterSomeRetriesAndAtOnceOnWhatCannotPass() {
    assertThatThrownBy(
            () ->
                gateway.sendAndWait(
                    new Account.Add(
                        "acc",
                        1,
                        unitOfWork -> {
                          throw new ConcurrencyException("always");
                        })))
        .isInstanceOf(ConcurrencyException.class);
    var tries = new java.util.concurrent.atomic.AtomicInteger();
    assertThatThrownBy(
            () ->
                gateway.sendAndWait(
                    new Account.Add(
                        "acc",
                        1,
                        unitOfWork -> {
                          tries.incrementAndGet();
                          throw new IllegalStateException("never");
                        })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tries).hasValue(1);
  }
}

package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageFilterTest {

  private static final Exception AWAY =
      new IllegalStateException("batch", new SQLException("terminated", "57P01"));

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger axon = context.getLogger("org.axonframework.eventhandling.WorkPackage");
  private final Logger hikari = context.getLogger("com.zaxxer.hikari.pool.PoolBase");
  private long now = Long.MAX_VALUE - 5; // System.nanoTime() may wrap

  @BeforeEach
  void start() {
    context.addTurboFilter(new OutageFilter(() -> now));
    Logger root = context.getLogger("ROOT");
    root.setLevel(Level.INFO);
    root.addAppender(lines);
    lines.start();
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void ofAnOutageEachLoggerOfALibrarySaysOneLineAMinuteWithoutTrace() {
    for (int i = 0; i < 100; i++) {
      axon.warn("work package {} of {} failed", i, "rows", AWAY);
      hikari.warn("{} - Failed to validate connection {} ({}).", "pool", "c" + i, "closed");
    }
    assertThat(said())
        .containsExactly(
            "work package 0 of rows failed (SQLSTATE 57P01)",
            "pool - Failed to validate connection c0 (closed). (dead connection)");
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);

    now += Duration.ofMinutes(1).toNanos();
    axon.warn("work package {} of {} failed", 100, "rows", AWAY);
    assertThat(said())
        .hasSize(3)
        .last()
        .isEqualTo(
            "work package 100 of rows failed (SQLSTATE 57P01); 99 about an outage were left out");
  }

  @Test
  void aPoolWithoutConnectionsIsAnOutageToo() {
    var none =
        new SQLTransientConnectionException("not available", new SQLException("refused", "08001"));
    axon.error("not opened", none);
    axon.error("not opened", new IllegalStateException(new SQLTransientConnectionException("no")));
    assertThat(said()).containsExactly("not opened (no connection)");
  }

  @Test
  void aTransactionThatCannotBeBegunIsAnOutageToo() {
    for (int i = 0; i < 3; i++) {
      axon.warn(
          "batch failed",
          new IllegalStateException(
              "The UnitOfWork is in an incompatible phase: NOT_STARTED", null));
    }
    assertThat(said()).containsExactly("batch failed (no transaction)");
  }

  @Test
  void aPartThatAnotherNodeTookOverMeanwhileBelongsToTheOutage() {
    for (int i = 0; i < 3; i++) {
      axon.warn("batch failed", new UnableToClaimTokenException("owned by node-b"));
    }
    assertThat(said()).containsExactly("batch failed (another node has taken it over)");
  }

  @Test
  void otherFailuresOfTheLibrariesAndEverythingOfOursPass() {
    Logger ours = context.getLogger("io.countersign.command.inbox.InboxWorkers");
    for (int i = 0; i < 3; i++) {
      axon.warn("fold failed", new IllegalStateException("broken"));
      axon.warn("statement is wrong", new SQLException("no such table", "42P01"));
      axon.warn("without a reason");
      ours.warn("away", AWAY);
    }
    assertThat(said()).hasSize(12);
    assertThat(lines.list.stream().filter(line -> line.getThrowableProxy() != null)).hasSize(9);
  }

  @Test
  void whatIsSwitchedOffStaysOff() {
    axon.setLevel(Level.ERROR);
    axon.warn("failed", AWAY);
    assertThat(said()).isEmpty();
  }
}

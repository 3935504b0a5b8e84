package io.countersign.command.automation;

import io.countersign.command.domain.CommandSender;
import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.read.JdbcLogReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of automations elsewhere need: a database, and nodes on it that come and go. */
public final class AutomationBench implements AutoCloseable {

  private final IntentTable table = new IntentTable();

  /** A node that runs. */
  public record Node(EventLog log, CommandSender sender, IntentDesk desk, AutoCloseable end) {

    /** It stops in order. */
    public void stop() {
      try {
        end.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What a handler may need. */
  public record Parts(EventLog log, CommandSender sender) {}

  /** Starts a node. */
  public Node start(
      InstantSource clock,
      List<Automation> automations,
      List<ConfigurerModule> aggregates,
      Function<Parts, List<IntentHandler>> handlers) {
    var node = new RealAutomations(table, clock, automations, aggregates, handlers);
    return new Node(node.log(), node.sender(), node.desk(), node);
  }

  public DataSource dataSource() {
    return table.dataSource;
  }

  /** How many intents have failed. */
  public long failed() {
    return new IntentHealth(table.dataSource, InstantSource.system(), new SimpleMeterRegistry())
        .sample()
        .failed();
  }

  public JdbcClient jdbc() {
    return table.jdbc;
  }

  /** The log as it lies there. */
  public JdbcLogReader reader() {
    return new JdbcLogReader(table.dataSource);
  }

  @Override
  public void close() {
    table.close();
  }
}

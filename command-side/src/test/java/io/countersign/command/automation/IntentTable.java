package io.countersign.command.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.domain.Backoff;
import io.countersign.command.inbox.MemoryKeyRing;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Intents in a database of their own, and dispatchers on it. */
public final class IntentTable implements AutoCloseable {

  static final AutomationSettings SETTINGS = settings("one", 3);

  public final DatabaseAddress address =
      TestPostgres.newDatabase(AutomationConfiguration.SCHEMA, Schema.EVENTLOG);
  public final HikariDataSource dataSource = TestPostgres.pool(address, 8);
  public final JdbcClient jdbc = JdbcClient.create(dataSource);
  final MemoryKeyRing keys = new MemoryKeyRing();
  private final List<Runnable> opened = new ArrayList<>(List.of(dataSource::close));
  private long index;

  /** What a test intends. */
  record Note(String text) {}

  static AutomationSettings settings(String node, int attempts) {
    return new AutomationSettings(
        node,
        2,
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        attempts,
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        30);
  }

  static Backoff backoff() {
    return new Backoff(SETTINGS.firstBackoff(), SETTINGS.maxBackoff(), () -> 1);
  }

  IntentStore store(InstantSource clock) {
    return new IntentStore(dataSource, clock, SETTINGS.maxAttempts());
  }

  /** Intends it, as the answer to an event of its own. */
  UUID intend(IntentStore store, Instant due, @Nullable String lane, String text) {
    var cause = new Occurrence("event", UUID.randomUUID().toString(), index++, due, "", "c");
    UUID id = AutomationEventHandler.id("test", cause.id(), 0);
    var note = new Note(text);
    store.add(
        new IntentStore.NewIntent(
            id, "test", 0, cause, new Reaction.Intend("note", note, due, lane, text)),
        IntentPayloads.write(note));
    return id;
  }

  /** A dispatcher with a pool of its own, running. */
  Node node(String name, InstantSource clock, IntentHandler handler) {
    HikariDataSource pool = TestPostgres.pool(address, 6);
    AutomationSettings settings = settings(name, SETTINGS.maxAttempts());
    var store = new IntentStore(pool, clock, settings.maxAttempts());
    var runner = new IntentRunner(store, List.of(handler), backoff(), clock);
    var dispatcher = new Dispatcher(pool, store, runner, clock, settings);
    dispatcher.start();
    opened.add(pool::close);
    opened.add(dispatcher::stop);
    return new Node(pool, dispatcher);
  }

  record Node(HikariDataSource pool, Dispatcher dispatcher) {}

  String status(UUID id) {
    return jdbc.sql("select status from automation.intent where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  /** Waits until it holds. */
  public static void await(BooleanSupplier holds) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(deadline);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    opened.reversed().forEach(Runnable::run);
  }
}

package io.countersign.eventlog.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogNode;
import io.countersign.eventlog.TestSerializer;
import io.countersign.eventlog.ThreadTransactions;
import io.countersign.eventlog.command.LogCommandBus;
import io.countersign.eventlog.command.StartGuard;
import io.countersign.eventlog.conformance.Things;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stock pooled processors with a stock JDBC token store on the log. */
class ProcessorsTest {

  private static final String NAME = "rows";

  private final LogDatabase database = new LogDatabase();
  private final ThreadTransactions transactions = new ThreadTransactions(database.pool());
  private final List<AutoCloseable> started = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeEach
  void tables() {
    database.execute(
        "create table handled (id bigint generated always as identity, index bigint, replay"
            + " boolean, text text)");
    tokens("schema").createSchema(PostgresTokenTableFactory.INSTANCE);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
    LogInvariants.check(database);
    database.close();
  }

  private JdbcTokenStore tokens(String node) {
    return JdbcTokenStore.builder()
        .connectionProvider(transactions)
        .serializer(TestSerializer.create())
        .nodeId(node)
        .claimTimeout(Duration.ofSeconds(2))
        .build();
  }

  @ProcessingGroup(NAME)
  public final class Rows {

    @EventHandler
    void on(Things.Renamed event, TrackingToken token, ReplayStatus replay) throws SQLException {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("injected");
      }
      try (Connection connection = transactions.getConnection();
          var insert =
              connection.prepareStatement(
                  "insert into handled (index, replay, text) values (?, ?, ?)")) {
        insert.setLong(1, token.position().orElseThrow());
        insert.setBoolean(2, replay.isReplay());
        insert.setString(3, event.title());
        insert.executeUpdate();
      }
    }
  }

  private record Node(EventLog log, Configuration configuration) {

    StreamingEventProcessor processor() {
      return configuration
          .eventProcessingConfiguration()
          .eventProcessor(NAME, StreamingEventProcessor.class)
          .orElseThrow();
    }
  }

  private Node node(String name, ProcessorSettings settings) {
    EventLog log = LogNode.start(database);
    var configurer =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> TestSerializer.create())
            .configureEventStore(c -> log.store())
            .configureCommandBus(c -> LogCommandBus.of(log))
            .configureTransactionManager(c -> transactions);
    new StartGuard().configureModule(configurer);
    configurer
        .eventProcessing()
        .registerTokenStore(c -> tokens(name))
        .registerEventHandler(c -> new Rows());
    Processors.register(configurer.eventProcessing(), settings);
    Configuration configuration = configurer.start();
    started.add(log);
    started.add(configuration::shutdown);
    return new Node(log, configuration);
  }

  private void publish(Node node, String aggregate, long sequence, String title) {
    node.log().store().publish(Things.event(aggregate, sequence, new Things.Renamed(title)));
  }

  private long handled() {
    return database.number("select count(*) from handled");
  }

  @Test
  void eventsOfBothNodesAreHandledOnceInTheOrderOfTheLog() {
    Node one = node("one", ProcessorSettings.inOrder(NAME, Start.TAIL));
    Node two = node("two", ProcessorSettings.inOrder(NAME, Start.TAIL));
    for (int i = 0; i < 20; i++) {
      publish(i % 2 == 0 ? one : two, "a", i, "t" + i);
    }
    Eventually.until("all are handled", () -> handled() == 20);
    assertThat(database.texts("select index from handled order by id"))
        .isEqualTo(database.texts("select index from eventlog.entry order by index"));
    assertThat(database.number("select count(*) from handled where replay")).isZero();
  }

  @Test
  void aReplayHandlesEverythingAgainAndThenGoesOnLive() {
    Node node = node("one", ProcessorSettings.projection(NAME, 2));
    for (int i = 0; i < 10; i++) {
      publish(node, "a" + i % 3, i / 3, "t" + i);
    }
    Eventually.until("all are handled", () -> handled() == 10);
    StreamingEventProcessor processor = node.processor();
    processor.shutDown();
    processor.resetTokens(node.log().store().createTailToken());
    processor.start();
    Eventually.until("all are handled again", () -> handled() == 20);
    assertThat(database.number("select count(*) from handled where replay")).isEqualTo(10);
    publish(node, "b", 0, "live");
    Eventually.until("live again", () -> handled() == 21);
    assertThat(database.texts("select text from handled where id = 21 and not replay"))
        .containsExactly("live");
  }

  @Test
  void anEventWhoseHandlerFailsIsNotSkipped() {
    Node node = node("one", ProcessorSettings.inOrder(NAME, Start.TAIL));
    failures.set(1);
    for (int i = 0; i < 5; i++) {
      publish(node, "a", i, "t" + i);
    }
    Eventually.until("all are handled", () -> handled() == 5);
    assertThat(database.texts("select text from handled order by id"))
        .containsExactly("t0", "t1", "t2", "t3", "t4");
  }

  @Test
  void aProcessorThatStartsAtTheHeadSeesOnlyWhatComes() {
    EventLog earlier = LogNode.start(database);
    earlier.store().publish(Things.event("a", 0, new Things.Renamed("before")));
    earlier.close();
    Node node = node("one", ProcessorSettings.automation(NAME, 1));
    publish(node, "a", 1, "after");
    Eventually.until("handled", () -> handled() == 1);
    assertThat(database.texts("select text || replay from handled")).containsExactly("afterfalse");
  }

  @Test
  void aReplayIsFarMoreThanOneBuffer() {
    EventLog earlier = LogNode.start(database);
    for (int batch = 0; batch < 4; batch++) {
      var events = new ArrayList<EventMessage<?>>();
      for (int i = 0; i < 1_000; i++) {
        events.add(Things.event("a", batch * 1_000 + i, new Things.Renamed("t")));
      }
      earlier.store().publish(events);
    }
    earlier.close();
    node("one", ProcessorSettings.inOrder(NAME, Start.TAIL));
    Eventually.until("all are handled", () -> handled() == 4_000);
    assertThat(database.number("select count(*) from handled where id <> index + 1")).isZero();
  }

  @Test
  void sequencesAreNamedTheSameInEveryJvm() {
    DomainEventMessage<?> event = Things.event("a", 0);
    assertThat(Sequencing.ALL.getSequenceIdentifierFor(event)).isEqualTo("all");
    assertThat(Sequencing.PER_AGGREGATE.getSequenceIdentifierFor(event)).isEqualTo("a");
    EventMessage<?> alone = GenericEventMessage.asEventMessage("x");
    assertThat(Sequencing.PER_AGGREGATE.getSequenceIdentifierFor(alone))
        .isEqualTo(alone.getIdentifier());
  }

  /** Trap T3: fails when Axon is repaired, then the customizer can go. */
  @Test
  void aReplayTokenIsReadAgainOnlyWithTheTypeValidator() {
    var token =
        ReplayToken.createReplayToken(
            new GlobalSequenceTrackingToken(7), new GlobalSequenceTrackingToken(-1));
    var plain = Jackson3Serializer.builder().build();
    SerializedObject<byte[]> stored = plain.serialize(token, byte[].class);
    assertThatThrownBy(() -> plain.deserialize(stored)).hasStackTraceContaining("Object");
    var repaired = TestSerializer.create();
    Object read = repaired.deserialize(repaired.serialize(token, byte[].class));
    assertThat(read).isEqualTo(token);
  }
}

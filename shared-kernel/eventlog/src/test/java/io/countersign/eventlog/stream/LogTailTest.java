package io.countersign.eventlog.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.EventLog;
import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.Eventually;
import io.countersign.eventlog.LogDatabase;
import io.countersign.eventlog.LogInvariants;
import io.countersign.eventlog.LogNode;
import io.countersign.eventlog.conformance.Things;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogTailTest {

  private static final EventLogSettings NEVER_POLLS =
      EventLogSettings.DEFAULTS.withPoll(Duration.ofMinutes(10));

  private final LogDatabase database = new LogDatabase();
  private final List<EventLog> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(EventLog::close);
    database.close();
  }

  private EventLog node(EventLogSettings settings) {
    EventLog log = LogNode.start(database, NoOpEventUpcaster.INSTANCE, settings);
    nodes.add(log);
    return log;
  }

  private static long index(TrackedEventMessage<?> event) {
    return event.trackingToken().position().orElseThrow();
  }

  @Test
  void commitsOfAnyNodeArePushedWithoutAnyPoll() throws Exception {
    EventLog one = node(NEVER_POLLS);
    EventLog two = node(NEVER_POLLS);
    Eventually.until(
        "both listen",
        () ->
            database.number(
                    "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and query like 'listen%'")
                == 2);
    try (var stream = one.store().openStream(null)) {
      two.store().publish(Things.event("a", 0));
      assertThat(stream.hasNextAvailable(20, TimeUnit.SECONDS)).isTrue();
      stream.nextAvailable();
      one.store().publish(Things.event("a", 1));
      assertThat(stream.hasNextAvailable(20, TimeUnit.SECONDS)).isTrue();
    }
    LogInvariants.check(database);
  }

  @Test
  void theCallbackComesWhenTheEventsCanBeRead() throws Exception {
    EventLog one = node(NEVER_POLLS);
    try (var stream = one.store().openStream(null)) {
      var readable = new AtomicInteger(-1);
      assertThat(
              stream.setOnAvailableCallback(
                  () -> readable.compareAndSet(-1, stream.hasNextAvailable() ? 1 : 0)))
          .isTrue();
      one.store().publish(Things.event("a", 0));
      Eventually.until("called back", () -> readable.get() >= 0);
      assertThat(readable).hasValue(1);
    }
  }

  @Test
  void thePollIsTheSafetyNetAndLostConnectionsAreReplaced() throws Exception {
    EventLog one = node(EventLogSettings.DEFAULTS.withPoll(Duration.ofMillis(50)));
    EventLog two = node(EventLogSettings.DEFAULTS.withPoll(Duration.ofMillis(50)));
    try (var stream = one.store().openStream(null)) {
      for (int i = 0; i < 5; i++) {
        database.texts(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname ="
                + " current_database() and application_name in ('countersign listen',"
                + " 'countersign tail', 'countersign append')");
        two.store().publish(Things.event("a", i));
        assertThat(stream.hasNextAvailable(20, TimeUnit.SECONDS)).isTrue();
        assertThat(index(stream.nextAvailable())).isEqualTo(i);
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(5);
  }

  @Test
  void streamsOfTwoNodesUnderLoadNeverMissAnIndex() throws Exception {
    EventLogSettings small = EventLogSettings.DEFAULTS.withRing(64, 16);
    EventLog one = node(small);
    EventLog two = node(small);
    int writers = 6;
    int each = 100;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (EventLog log : List.of(one, two, one)) {
        running.add(threads.submit(() -> follow(log, writers * each)));
      }
      for (int w = 0; w < writers; w++) {
        EventLog log = w % 2 == 0 ? one : two;
        String aggregate = "w" + w;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    log.store().publish(Things.event(aggregate, i));
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(LogInvariants.check(database)).isEqualTo(writers * each);
  }

  private static Void follow(EventLog log, int count) throws InterruptedException {
    try (BlockingStream<TrackedEventMessage<?>> stream = log.store().openStream(null)) {
      for (int i = 0; i < count; i++) {
        assertThat(index(stream.nextAvailable())).isEqualTo(i);
      }
      assertThat(stream.hasNextAvailable()).isFalse();
      return null;
    }
  }

  @Test
  void aHoleInTheLogIsNeverSteppedOver() throws Exception {
    EventLog log = node(EventLogSettings.DEFAULTS.withPoll(Duration.ofMillis(20)));
    log.store().publish(Things.event("a", 0), Things.event("a", 1));
    // only a database owner can do this, around the function
    database.execute(
        "insert into eventlog.entry select 3, entry_hash, entry, aggregate_type, 'b', 0,"
            + " gen_random_uuid(), name, revision, occurred_at, recorded_at, actor,"
            + " correlation_id, causation_id, payload, metadata from eventlog.entry where index = 0");
    try (var stream = log.store().openStream(null)) {
      assertThat(index(stream.nextAvailable())).isZero();
      assertThat(index(stream.nextAvailable())).isEqualTo(1);
      assertThat(stream.hasNextAvailable(200, TimeUnit.MILLISECONDS)).isFalse();
    }
    EventLog later = node(EventLogSettings.DEFAULTS);
    try (var stream = later.store().openStream(null)) {
      stream.nextAvailable();
      stream.nextAvailable();
      assertThatThrownBy(stream::hasNextAvailable).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aStreamEndsWithItsLog() throws Exception {
    EventLog log = node(EventLogSettings.DEFAULTS);
    BlockingStream<TrackedEventMessage<?>> stream = log.store().openStream(null);
    var closed = new AtomicLong();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertThatThrownBy(stream::nextAvailable)
                      .isInstanceOf(IllegalStateException.class);
                  closed.incrementAndGet();
                });
    log.close();
    waiting.join();
    assertThat(closed).hasValue(1);
    nodes.clear();
  }

  @Test
  void aReplayedTokenIsUnwrapped() throws Exception {
    EventLog log = node(EventLogSettings.DEFAULTS);
    log.store().publish(Things.event("a", 0), Things.event("a", 1));
    TrackingToken replay =
        org.axonframework.eventhandling.ReplayToken.createReplayToken(
            log.store().createHeadToken(), log.store().createTailToken());
    try (var stream = log.store().openStream(replay)) {
      assertThat(index(stream.nextAvailable())).isZero();
    }
  }
}

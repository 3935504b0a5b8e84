package io.countersign.audit.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.eventlog.append.KeyIds;
import io.countersign.eventlog.read.LogReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SequencingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final StockStore store = new StockStore();
  private final WrittenLog log = new WrittenLog();

  @BeforeEach
  void migrate() {
    SequenceConfiguration.SCHEMA.migrate(log.dataSource());
  }

  @AfterEach
  void close() {
    log.close();
    store.close();
  }

  @Test
  void oneSequencesAndTheOtherTakesOver() throws Exception {
    Sequencing first = started();
    store.write(1, 0, NOW);
    eventually(() -> entries() == 1);
    try (Sequencing second = started()) {
      store.write(1, 1, NOW);
      eventually(() -> entries() == 2);
      first.close();
      store.write(1, 2, NOW);
      eventually(() -> entries() == 3);
      assertThat(second.halted()).isEmpty();
    }
  }

  @Test
  void anEventWithoutAPlaceStopsItForGoodAndSaysWhich() throws Exception {
    store.write(1, 0, NOW);
    store.jdbc().sql("alter table domainevententry alter payloadtype type text").update();
    store.jdbc().sql("update domainevententry set payloadtype = repeat('x', 1025)").update();
    try (Sequencing sequencing = started()) {
      eventually(() -> sequencing.halted().isPresent());
      assertThat(sequencing.halted().orElseThrow())
          .contains("sequence 0")
          .contains("cannot become an entry");
      assertThat(sequencing.warnings())
          .singleElement()
          .asString()
          .startsWith("sequencing has stopped");
    }
    assertThat(entries()).isZero();
  }

  private Sequencing started() {
    var sequencing =
        new Sequencing(
            log.address(),
            () ->
                new Sequencer(
                    new JdbcEventSource(store.dataSource()),
                    log.dataSource(),
                    log::append,
                    KeyIds.NONE),
            Duration.ofMillis(5),
            new SimpleMeterRegistry());
    sequencing.start();
    return sequencing;
  }

  private long entries() {
    return log.reader().page(0, 100, LogReader.Filter.ALL).size();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }
}

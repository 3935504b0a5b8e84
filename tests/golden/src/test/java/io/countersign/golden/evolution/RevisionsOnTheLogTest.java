package io.countersign.golden.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.audit.verify.LogVerification;
import io.countersign.audit.verify.Progress;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.Schema;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.eventlog.read.JdbcLogReader;
import io.countersign.golden.FixedKeys;
import io.countersign.golden.evolution.Prices.Priced;
import io.countersign.golden.evolution.Prices.PricedInCents;
import io.countersign.golden.evolution.Prices.PricedInWords;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.projection.ProjectionEvent.Verified;
import io.countersign.query.QuerySchemas;
import io.countersign.query.projection.Generation;
import io.countersign.query.replay.ReplayProgress;
import io.countersign.query.replay.Verification;
import io.countersign.testkit.TestPostgres;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Three programs wrote to a log, one after the other, each with another revision of an event. The
 * last one reads all of it as its own, in every way there is to read.
 */
class RevisionsOnTheLogTest {

  private static final String THING = "thing:1";
  private static final String STORED =
      "select revision || ' ' || encode(payload, 'hex') from eventlog.entry where index < 3"
          + " order by index";

  private final DatabaseAddress address = TestPostgres.newDatabase();
  private final HikariDataSource pool = TestPostgres.pool(address, 12);
  private final JdbcClient jdbc = JdbcClient.create(pool);
  private final TextCipher cipher = new AesTextCipher(new FixedKeys(), new SecureRandom());
  private List<String> stored = List.of();

  @BeforeEach
  void twoProgramsWrote() {
    Schema.migrateAll(pool, Schema.EVENTLOG);
    Schema.migrateAll(pool, QuerySchemas.ALL.toArray(Schema[]::new));
    jdbc.sql(PriceProjection.DDL).update();
    try (var first = new ThingNode(address, pool, cipher, Prices.FIRST)) {
      first.append(THING, 0, new PricedInWords(THING, "12.50", text("dear")));
      first.append(THING, 1, new PricedInWords(THING, "3.00", text("better")));
    }
    try (var second = new ThingNode(address, pool, cipher, Prices.SECOND)) {
      second.append(THING, 2, new PricedInCents(THING, 100, text("cheap")));
    }
    stored = texts(STORED);
    assertThat(stored).extracting(row -> row.substring(0, 1)).containsExactly("1", "1", "2");
  }

  @AfterEach
  void whatWasStoredIsAsItWas() {
    assertThat(texts(STORED)).isEqualTo(stored);
    assertThat(LogVerification.run(new JdbcLogReader(pool), Progress.SILENT).isClean()).isTrue();
    pool.close();
  }

  @Test
  void anAggregateEvolvesOverAllRevisionsWithAndWithoutItsSnapshot() {
    try (var third = new ThingNode(address, pool, cipher, Prices.THIRD)) {
      assertThat(third.price(THING, 10)).isEqualTo(1_660);
      assertThat(third.price(THING, 10)).isEqualTo(1_670);
    }
    assertThat(texts("select sequence::text from eventlog.snapshot")).hasSize(1);
    assertThat(texts("select revision from eventlog.entry order by index"))
        .containsExactly("1", "1", "2", "3", "3");
    try (var fromSnapshot = new ThingNode(address, pool, cipher, Prices.THIRD)) {
      assertThat(fromSnapshot.price(THING, 0)).isEqualTo(1_670);
    }
    jdbc.sql("truncate eventlog.snapshot").update();
    try (var fromStream = new ThingNode(address, pool, cipher, Prices.THIRD)) {
      assertThat(fromStream.price(THING, 0)).isEqualTo(1_670);
    }
  }

  @Test
  void sealedTextOfEveryRevisionOpensWhereItIsNow() {
    try (var third = new ThingNode(address, pool, cipher, Prices.THIRD)) {
      assertThat(
              third
                  .log
                  .store()
                  .readEvents(THING)
                  .asStream()
                  .map(message -> (Priced) message.getPayload())
                  .map(priced -> cipher.open(priced.notes().getFirst().text())))
          .containsExactly(
              new Opened.Text("dear"), new Opened.Text("better"), new Opened.Text("cheap"));
    }
  }

  @Test
  void aLiveProjectionAndAReplayComeToTheSameRows() throws InterruptedException {
    try (var third = new ThingNode(address, pool, cipher, Prices.THIRD)) {
      third.price(THING, 10);
      awaitRowOfEntry(3);
      assertThat(
              texts(
                  "select cents || ' ' || currency || ' ' || notes from rm_price_v1.price"
                      + " order by entry_index"))
          .containsExactly("1250 EUR 1", "300 EUR 1", "100 EUR 1", "10 EUR 0");
      Verified replayed =
          new Verification(pool, third.events, third.general, Prices.THIRD)
              .run(
                  Generation.first(new PriceProjection()),
                  UUID.randomUUID(),
                  ReplayProgress.SILENT);
      assertThat(replayed.equal()).as(replayed.tables().toString()).isTrue();
      assertThat(replayed.tables().getFirst().replayedRows()).isEqualTo(4);
    }
  }

  private void awaitRowOfEntry(int index) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(60);
    String sql = "select last_index::text from rm_price_v1.price where entry_index = " + index;
    while (texts(sql).isEmpty()) {
      assertThat(Instant.now()).as("the projection does not come to it").isBefore(deadline);
      Thread.sleep(20);
    }
  }

  private List<String> texts(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  private static SealedText text(String clear) {
    return SealedText.of(new KeyOwner(THING), Purpose.CONTENT, clear);
  }
}

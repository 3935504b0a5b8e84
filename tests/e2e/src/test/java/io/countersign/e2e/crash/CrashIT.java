package io.countersign.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.Aftermath;
import io.countersign.e2e.harness.Effort;
import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Load;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Replay;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The crash faults in their short form: one after the other on one site of two nodes, whose time
 * limits are shorter than the product's so that an outage of seconds exceeds them. The verdict is
 * asked once at the end, over everything. Nodes are killed at five random moments here; {@code
 * tests/e2e/run-faults crash} is the long form.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {

  private static final Map<String, String> SHORT_LIMITS =
      Map.of(
          "countersign.inbox.lease", "2s",
          "countersign.inbox.commit-timeout", "2s",
          "countersign.inbox.max-backoff", "2s",
          "countersign.query.claim-timeout", "3s");
  private static final double PACE = 0.25;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Site site;
  private Load load;

  @BeforeAll
  void start(@TempDir Path scratch) throws Exception {
    site = Site.start(scratch.resolve("site"), 2, SHORT_LIMITS);
    load = Load.small(site, 1, PACE);
  }

  @AfterAll
  void stop() throws Exception {
    load.close();
    site.close();
  }

  private void make(Fault fault, int rounds) throws Exception {
    PrintStream out = System.out;
    var report = new Report(out);
    report.line("== %s", fault.name());
    try {
      fault.make(site, load, Effort.small(rounds), report);
    } finally {
      load.end();
      report.finish();
    }
    assertThat(load.totals().probation()).as("answers that would mean probation").isZero();
  }

  @Test
  @Order(1)
  void acknowledgementsWaitForTheFlush() throws Exception {
    make(new FlushProof(2), 8);
  }

  @Test
  @Order(2)
  void nodesAreKilled() throws Exception {
    make(new KilledProgram(2), 5);
  }

  @Test
  @Order(3)
  void theDatabaseGoesAwayAndComesBack() throws Exception {
    make(new LostDatabase(2), 2);
  }

  @Test
  @Order(4)
  void aNodeIsFrozen() throws Exception {
    make(new FrozenNode(), 2);
  }

  @Test
  @Order(5)
  void aStandbyIsMissing() throws Exception {
    make(new MissingStandby(2), 2);
  }

  @Test
  @Order(6)
  void afterwardsEverythingIsThereOnceAndInOrder() throws Exception {
    Aftermath.whileRunning(site, load.ledgers(), PATIENCE).mustHold();
  }

  @Test
  @Order(7)
  void aDeliveryTakenAwayIsMissed() throws Exception {
    ExternalPostgres postgres = site.postgres();
    String any =
        """
        select d.id from inbox.delivery d join inbox.outcome o using (position)
        where o.status = 'handled' order by position desc limit 1
        """;
    String id = postgres.text(ExternalPostgres.NAME, any);
    postgres.execute(
        ExternalPostgres.NAME,
        "create table public.kept as select * from inbox.delivery where id = '%s'".formatted(id));
    postgres.execute(
        ExternalPostgres.NAME, "delete from inbox.delivery where id = '%s'".formatted(id));

    assertThat(Aftermath.whileRunning(site, load.ledgers(), Duration.ofSeconds(1)).findings())
        .anyMatch(finding -> finding.contains("ledger: missing"));

    postgres.execute(
        ExternalPostgres.NAME,
        "insert into inbox.delivery overriding system value select * from public.kept");
    postgres.execute(ExternalPostgres.NAME, "drop table public.kept");
  }

  @Test
  @Order(8)
  void theProjectionsEqualAReplayAndAChangedRowIsFound() throws Exception {
    site.stop();
    Replay replay = Replay.of(site);
    assertThat(replay.rows()).isPositive();
    assertThat(replay.differences()).isEmpty();

    site.postgres()
        .execute(
            ExternalPostgres.NAME,
            """
            update rm_workitem_v1.work_item set revision = revision + 1
            where id = (select min(id) from rm_workitem_v1.work_item)
            """);
    assertThat(replay.differences())
        .hasSize(2)
        .allMatch(difference -> difference.startsWith("rm_workitem_v1.work_item:"));
  }

  @Test
  @Order(9)
  void anEntryTakenAwayIsFound() throws Exception {
    site.postgres()
        .execute(
            ExternalPostgres.NAME,
            "set session_replication_role = replica; delete from eventlog.entry where index = 7");
    List<String> findings = Aftermath.log(site);
    assertThat(findings).anyMatch(finding -> finding.startsWith("log verify: exit code 3"));
    assertThat(findings).contains("log: the index has holes");
  }

  @Test
  @Order(10)
  void aCheckpointThatIsSetBackIsNoticed() throws Exception {
    assertThat(site.seals().findings()).isEmpty();
    Path old = Files.copy(site.seals().first(), site.published().resolve("old"));
    Files.move(old, site.published().resolve("checkpoint"), StandardCopyOption.ATOMIC_MOVE);
    Poll.until(PATIENCE, () -> site.seals().findings().size(), found -> found > 0);
    assertThat(site.seals().findings().getFirst()).contains("after a checkpoint over");
  }
}

package io.countersign.e2e.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Report;
import io.countersign.e2e.harness.Site;
import io.countersign.testkit.fuzz.Mutator;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Input nobody should send, against the packaged program. One node and one database for all,
 * because each start costs seconds. {@code tests/e2e/fuzz} is the long form of the first.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FuzzIT {

  private static final int BODIES = Integer.getInteger("fuzz.bodies", 2_000);
  private static final long SEED = Long.getLong("fuzz.seed", 20261121);

  private Site site;

  @BeforeAll
  void start(@TempDir Path scratch) throws Exception {
    site =
        Site.start(
            scratch.resolve("site"),
            1,
            Map.of(
                "countersign.http.header-timeout", "2s",
                "countersign.http.idle-timeout", "3s",
                "countersign.http.request-timeout", "3s",
                "countersign.http.stalled-timeout", "2s",
                "countersign.http.max-connections", "400",
                "countersign.inbox.first-backoff", "100ms"));
  }

  @AfterAll
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(1)
  void malformedBodiesAreTakenJudgedAndForgotten() throws Exception {
    var report = new Report(System.out);
    List<String> findings = FloodCheck.run(site, SEED, BODIES, 4, report);
    report.finish();
    assertThat(findings).isEmpty();
  }

  @Test
  @Order(2)
  void brokenHttpIsAnsweredSoThatTheSenderComesAgain() throws Exception {
    assertThat(RawRequests.findings(site)).isEmpty();
  }

  @Test
  @Order(3)
  void whoHasNoSecretCostsNoMemory() throws Exception {
    assertThat(Strangers.findings(site)).isEmpty();
  }

  @Test
  @Order(4)
  void slowSendersAreCutAndOthersAreAnswered() throws Exception {
    assertThat(SlowSenders.findings(site, 40)).isEmpty();
  }

  @Test
  @Order(5)
  void onePoisonousDeliveryStopsNobodyElseAndIsHandledOnceMended() throws Exception {
    assertThat(Poison.findings(site)).isEmpty();
  }

  @Test
  @Order(9)
  void theChecksSeeWhatTheyLookFor() throws Exception {
    List<String> findings = new ArrayList<>();
    Leaks.look("a log", "INFO zwiebelkuchen 7", List.of(Mutator.MARKER), findings);
    assertThat(findings).hasSize(1);

    var before = new Vitals(100L << 20, 100, 2, 0);
    assertThat(new Vitals(200L << 20, 200, 99, 1).notBackTo(before)).hasSize(4);
    assertThat(new Vitals(101L << 20, 101, 3, 0).notBackTo(before)).isEmpty();

    String unjudged = "00000000-0000-0000-0000-00000000dead";
    site.postgres()
        .execute(
            ExternalPostgres.NAME,
            """
            insert into inbox.delivery (id, received_at, day, key_id, identity, digest, size, content_kept, lane)
            values ('%s', now(), current_date, gen_random_uuid(), '\\x00', '\\x00', 0, false, 'none')
            """
                .formatted(unjudged));
    assertThat(Judgements.of(site, java.util.Set.of(unjudged)).findings()).hasSize(1);
    assertThat(
            Judgements.of(site, java.util.Set.of("00000000-0000-0000-0000-00000000beef"))
                .findings())
        .hasSize(1);
    assertThat(site.node(0).server().getOpenly("/metrics").body())
        .contains("countersign_http_cut_total");
  }
}

package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Program;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One delivery whose event PostgreSQL refuses (a trigger stands for the row it cannot take), among
 * good ones: only it ends in quarantine, with a code, and is handled after a retry once the cause
 * is gone.
 */
final class Poison {

  private static final Duration SOON = Duration.ofMinutes(3);
  private static final int POISONED = 4_000_013;
  private static final String NAME = ExternalPostgres.NAME;

  private static final String REFUSE =
      """
      create function eventlog.poison() returns trigger language plpgsql as $$
      begin
        if new.aggregate_id like '%%:%d' then raise exception 'poison' using errcode = '22021'; end if;
        return new;
      end $$
      """;

  private Poison() {}

  static List<String> findings(Site site) throws Exception {
    List<String> findings = new ArrayList<>();
    RunningServer server = site.node(0).server();
    site.postgres().execute(NAME, REFUSE.formatted(POISONED));
    site.postgres()
        .execute(
            NAME,
            "create trigger poison before insert on eventlog.entry for each row execute function eventlog.poison()");
    String poisoned = "";
    int first = POISONED - 13;
    for (int number = first; number < first + 40; number++) {
      RunningServer.Answer answer = server.deliver(GoodDelivery.of(number));
      if (answer.status() != 202) {
        findings.add(number + " was answered " + answer);
      }
      if (number == POISONED) {
        poisoned = answer.json().get("deliveryId").asString();
      }
    }
    Judgements.awaitNothingWaits(site, SOON);
    String path = "/api/v1/inbox/deliveries/" + poisoned;
    JsonNode delivery = server.get(path);
    if (!delivery.toString().contains("entry-refused")
        || !delivery.toString().contains("quarantined")) {
      findings.add("the poisonous one became " + delivery);
    }
    expectItems(site, first, 39, findings);

    site.postgres().execute(NAME, "drop trigger poison on eventlog.entry");
    site.postgres().execute(NAME, "drop function eventlog.poison()");
    Program.Finished retried =
        Program.unpacked()
            .run(
                site.scratch().resolve("retry.txt"),
                "inbox",
                "retry",
                poisoned,
                "--data",
                site.node(0).data().toString());
    if (retried.exit() != 0) {
      findings.add("retry: " + retried.output());
    }
    Judgements.awaitNothingWaits(site, SOON);
    expectItems(site, first, 40, findings);
    return findings;
  }

  private static void expectItems(Site site, int first, long expected, List<String> findings)
      throws Exception {
    String sql =
        "select count(*) from rm.work_item where number between %d and %d"
            .formatted(first, first + 39);
    try {
      Poll.until(SOON, () -> site.postgres().number(NAME, sql), found -> found == expected);
    } catch (AssertionError tooFew) {
      findings.add("work items: " + tooFew.getMessage());
    }
  }
}

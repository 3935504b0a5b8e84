package io.countersign.query.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.query.Histories.Logged;
import io.countersign.query.RealApi;
import io.countersign.query.reconciliation.ReconciliationHistories;
import io.countersign.query.sync.SyncHistories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Writes, conflicts, results and subscriptions on the event log itself, forged and made again. */
class RebuiltHistoriesTest {

  private static final List<String> LISTS =
      List.of("sync/writes", "sync/conflicts", "reconciliation-results", "hooks/history");

  @Test
  void forgedRowsAreFoundAndARebuildShowsWhatTheLogTells(@TempDir Path directory) {
    try (var api = new RealApi(directory)) {
      var http = new OperationsOverHttp(api);
      List<Logged> events = new ArrayList<>(SyncHistories.everyKind(3, 200));
      events.addAll(ReconciliationHistories.everyKind(4, 100));
      api.append(events);
      api.reach(299, LISTS.toArray(String[]::new));
      List<JsonNode> before = shown(http);
      assertThat(before).allSatisfy(items -> assertThat(items).isNotEmpty());
      assertThat(before.getFirst().path(0).hasNonNull("askedAt")).isTrue();

      JdbcClient jdbc = JdbcClient.create(api.dataSource);
      jdbc.sql("update rm_sync_v1.sync_request set asked_by = 'principal:nobody'").update();
      jdbc.sql("delete from rm_reconciliation_v1.reconciliation where kind = 'builds'").update();
      assertThat(shown(http)).isNotEqualTo(before);
      for (String projection : List.of("syncs", "reconciliations")) {
        assertThat(done(http, projection, "verify")).isEqualTo("diverged");
        assertThat(done(http, projection, "rebuild")).isEqualTo("switched");
        assertThat(done(http, projection, "verify")).isEqualTo("equal");
      }
      assertThat(shown(http)).isEqualTo(before);
    }
  }

  private static List<JsonNode> shown(OperationsOverHttp http) {
    return LISTS.stream()
        .map(list -> http.get("/api/v1/" + list + "?limit=200").path("items"))
        .toList();
  }

  private static String done(OperationsOverHttp http, String projection, String kind) {
    String id = UUID.randomUUID().toString();
    http.post(
            OperationsOverHttp.PATH,
            Map.of("id", id, "projection", projection, "kind", kind, "reason", "because"))
        .expectStatus()
        .isAccepted();
    return http.ended(id).path("outcome").asString();
  }
}

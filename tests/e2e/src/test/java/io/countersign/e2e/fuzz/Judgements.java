package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.Poll;
import io.countersign.e2e.harness.Site;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of accepted deliveries. */
final class Judgements {

  private static final String LAST =
      """
      select o.status, coalesce(o.code, ''), coalesce(o.detail, ''), o.attempt,
        extract(epoch from o.at - d.received_at) * 1000 as millis
      from inbox.delivery d
      left join lateral (select * from inbox.outcome o where o.position = d.position
        order by o.id desc limit 1) o on true
      where d.id = any(?::uuid[])
      """;

  private final Map<String, Long> byOutcome = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private double slowestMillis;
  private long found;

  /** Waits until nothing waits. */
  static void awaitNothingWaits(Site site, Duration patience) throws Exception {
    Poll.until(
        patience,
        () -> site.postgres().number(ExternalPostgres.NAME, "select count(*) from inbox.pending"),
        waiting -> waiting == 0);
  }

  /** Reads the judgement of each of these deliveries. */
  static Judgements of(Site site, Set<String> deliveries) throws SQLException {
    var judgements = new Judgements();
    try (Connection connection = site.postgres().connect(ExternalPostgres.NAME);
        PreparedStatement statement = connection.prepareStatement(LAST)) {
      statement.setArray(1, connection.createArrayOf("text", deliveries.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          judgements.add(rows);
        }
      }
    }
    if (judgements.found != deliveries.size()) {
      judgements.findings.add(
          "%d receipts, %d deliveries".formatted(deliveries.size(), judgements.found));
    }
    return judgements;
  }

  private void add(ResultSet row) throws SQLException {
    found++;
    String status = String.valueOf(row.getString(1));
    String code = row.getString(2);
    String detail = row.getString(3);
    slowestMillis = Math.max(slowestMillis, row.getDouble(5));
    byOutcome.merge(code.isEmpty() ? status : status + " " + code, 1L, Long::sum);
    boolean plain = status.equals("handled");
    boolean told =
        Set.of("ignored", "quarantined", "duplicate").contains(status)
            && code.matches("[a-z]+(-[a-z0-9]+)*")
            && detail.matches("[\\x20-\\x7e]{5,1000}");
    if (!plain && !told) {
      findings.add("status %s, code %s, detail %s".formatted(status, code, detail));
    }
  }

  /** How many have which status and code. */
  Map<String, Long> byOutcome() {
    return byOutcome;
  }

  List<String> findings() {
    return findings;
  }

  /** From being received to the last outcome. */
  Duration slowest() {
    return Duration.ofMillis((long) slowestMillis);
  }
}

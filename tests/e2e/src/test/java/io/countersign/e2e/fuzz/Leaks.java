package io.countersign.e2e.fuzz;

import io.countersign.e2e.harness.ExternalPostgres;
import io.countersign.e2e.harness.RunningServer;
import io.countersign.e2e.harness.Site;
import io.countersign.testkit.fuzz.Mutator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks for what was planted in bodies and credentials wherever nobody should find it. */
final class Leaks {

  private Leaks() {}

  /** Where a marker or a secret is seen; also in other spellings a careless writer makes. */
  static List<String> in(Site site) throws Exception {
    RunningServer server = site.node(0).server();
    List<String> secrets =
        List.of(
            Mutator.MARKER,
            site.secret(),
            site.token(),
            RawConnection.basic(site.secret()).split(" ")[2]);
    List<String> findings = new ArrayList<>();
    look("log of the program", server.output(), secrets, findings);
    look("/metrics", server.getOpenly("/metrics").body(), secrets, findings);
    String after = "";
    for (int page = 0; page < 40 && after != null; page++) {
      var found =
          server.get(
              "/api/v1/inbox/deliveries?limit=500" + (after.isEmpty() ? "" : "&after=" + after));
      look("delivery listing", found.toString(), secrets, findings);
      after = found.path("next").isString() ? found.path("next").asString() : null;
    }
    for (String table : List.of("inbox.delivery", "inbox.outcome", "inbox.operation")) {
      look(table, rowsWithMarker(site, table), secrets, findings);
    }
    return findings;
  }

  private static String rowsWithMarker(Site site, String table) throws SQLException {
    return String.valueOf(
        site.postgres()
            .text(
                ExternalPostgres.NAME,
                "select coalesce(min(x::text), '') from %s x where x::text ilike '%%%s%%'"
                    .formatted(table, Mutator.MARKER)));
  }

  /** Finds, whatever the case. */
  static void look(String where, String text, List<String> secrets, List<String> findings) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String secret : secrets) {
      int at = lower.indexOf(secret.toLowerCase(Locale.ROOT));
      if (at >= 0) {
        String around = text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 40));
        findings.add("%s shows what was planted: ...%s...".formatted(where, around));
      }
    }
  }
}

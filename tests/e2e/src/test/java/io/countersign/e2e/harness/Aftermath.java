package io.countersign.e2e.harness;

import io.countersign.sandbox.traffic.Finding;
import io.countersign.sandbox.traffic.LedgerCheck;
import io.countersign.sandbox.traffic.LedgerFindings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold after every fault, asked from outside:
 *
 * <ul>
 *   <li>the ledger is clean: everything acknowledged is there once, in order, handled and visible,
 *       and no answer would have put the sender on probation;
 *   <li>the index is dense and {@code countersign log verify} finds every hash right;
 *   <li>nothing waits in the inbox, and no lane is leased;
 *   <li>the projections equal a replay of the log.
 * </ul>
 *
 * @param findings empty: all of it holds
 * @param acknowledged notifications in the ledger that were acknowledged
 * @param entries of the log
 * @param rows of the projections that were compared; 0 when they were not
 */
public record Aftermath(List<String> findings, long acknowledged, long entries, long rows) {

  /** Everything but the replay; the nodes go on. */
  public static Aftermath whileRunning(Site site, List<Path> ledgers, Duration patience)
      throws Exception {
    LedgerFindings ledger =
        LedgerCheck.check(ledgers, site.node(0).server().uri(), site.token(), patience, null);
    List<String> findings = new ArrayList<>();
    for (Finding finding : ledger.findings()) {
      findings.add(
          "ledger: %s %s: %s".formatted(finding.code().word(), finding.subject(), finding.words()));
    }
    if (ledger.acknowledged() == 0) {
      findings.add("ledger: nothing was acknowledged, so nothing was shown");
    }
    findings.addAll(inbox(site));
    findings.addAll(log(site));
    findings.addAll(sealed(site));
    return new Aftermath(List.copyOf(findings), ledger.acknowledged(), entries(site), 0);
  }

  /** Everything. Ends all nodes with SIGTERM, which must end in order too. */
  public static Aftermath afterStopping(Site site, List<Path> ledgers, Duration patience)
      throws Exception {
    Aftermath running = whileRunning(site, ledgers, patience);
    List<String> findings = new ArrayList<>(running.findings());
    site.stop();
    Replay replay = Replay.of(site);
    replay.differences().forEach(difference -> findings.add("projection: " + difference));
    long rows = replay.rows();
    if (rows == 0) {
      findings.add("projection: there are no rows, so nothing was compared");
    }
    return new Aftermath(List.copyOf(findings), running.acknowledged(), running.entries(), rows);
  }

  /** Density and hashes of the log, whether nodes run or not. */
  public static List<String> log(Site site) throws Exception {
    List<String> findings = new ArrayList<>();
    Program.Finished verified = site.run("log", "verify");
    if (verified.exit() != 0) {
      findings.add("log verify: exit code %d%n%s".formatted(verified.exit(), verified.output()));
    }
    String dense =
        site.postgres()
            .text(
                ExternalPostgres.NAME,
                "select count(*) = coalesce(max(index), -1) + 1 from eventlog.entry");
    if (!"t".equals(dense)) {
      findings.add("log: the index has holes");
    }
    return findings;
  }

  /** What was signed only grew, and is what the database holds. */
  private static List<String> sealed(Site site) throws Exception {
    List<String> findings = new ArrayList<>();
    site.seals().findings().forEach(finding -> findings.add("sealed: " + finding));
    if (site.seals().seen() < 2) {
      findings.add("sealed: the log did not grow, so nothing was shown");
    }
    Program.Finished verified =
        site.run(
            "audit",
            "verify",
            site.published().toString(),
            "--database",
            "--vkey",
            site.published().resolve("keys").toString(),
            "--since",
            site.seals().first().toString());
    if (verified.exit() != 0) {
      findings.add("audit verify: exit code %d%n%s".formatted(verified.exit(), verified.output()));
    }
    return findings;
  }

  private static List<String> inbox(Site site) throws SQLException {
    List<String> findings = new ArrayList<>();
    for (String table : List.of("inbox.pending", "inbox.lane_lease")) {
      long left = site.postgres().number(ExternalPostgres.NAME, "select count(*) from " + table);
      if (left > 0) {
        findings.add("%s: %d rows are left".formatted(table, left));
      }
    }
    return findings;
  }

  private static long entries(Site site) throws SQLException {
    return site.postgres().number(ExternalPostgres.NAME, "select count(*) from eventlog.entry");
  }

  /**
   * @throws AssertionError with every finding, unless there is none
   */
  public void mustHold() {
    if (!findings.isEmpty()) {
      throw new AssertionError(
          "%d findings:%n%s".formatted(findings.size(), String.join("\n", findings)));
    }
  }
}

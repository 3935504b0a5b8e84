package io.countersign.sandbox.traffic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Compares ledgers with what a server knows, over its query API, its inbox and its log. */
public final class LedgerCheck {

  private LedgerCheck() {}

  /** Checks one ledger. */
  public static LedgerFindings check(Path ledger, URI server, String token, Duration patience)
      throws InterruptedException {
    return check(List.of(ledger), server, token, patience, null);
  }

  /**
   * Checks ledgers of one server together. They have to hold everything that was sent to it for
   * their organizations.
   *
   * @param ledgers files of runs
   * @param server for example {@code http://127.0.0.1:8080}
   * @param token of a principal that may read work items, the log and the inbox
   * @param patience how long to wait for what is acknowledged to be handled and visible
   * @param tls whom to trust with {@code https}; the platform's authorities when absent
   * @throws IllegalStateException when the server does not answer as it should
   */
  public static LedgerFindings check(
      List<Path> ledgers, URI server, String token, Duration patience, @Nullable SSLContext tls)
      throws InterruptedException {
    return check(LedgerReader.read(ledgers), new ServerView(server, token, tls, patience));
  }

  private static LedgerFindings check(LedgerReader.Content ledger, ServerView server)
      throws InterruptedException {
    var findings = new FindingList();
    for (Noted noted : ledger.noted()) {
      if (noted.outcome() == Noted.Outcome.REFUSED) {
        findings.add(
            Finding.Code.WOULD_BE_PROBATION,
            noted.told().event().toString(),
            "%s was answered %d".formatted(noted.place(), noted.status()));
      }
    }
    InboxCheck inbox = InboxCheck.of(ledger.noted(), server, findings);
    var log = new LogCheck(ledger.organizations(), inbox, findings);
    long entries = log.read(server);
    var items = new ItemsCheck(inbox, findings);
    items.compareEntries();
    items.compareStates(ledger.organizations(), server);
    return new LedgerFindings(
        findings.kept(),
        findings.count(),
        ledger.noted().size(),
        count(ledger, Noted.Outcome.ACKNOWLEDGED),
        count(ledger, Noted.Outcome.GIVEN_UP),
        inbox.deliveries().size(),
        entries,
        items.workItems(),
        items.behindSource());
  }

  private static long count(LedgerReader.Content ledger, Noted.Outcome outcome) {
    return ledger.noted().stream().filter(noted -> noted.outcome() == outcome).count();
  }
}

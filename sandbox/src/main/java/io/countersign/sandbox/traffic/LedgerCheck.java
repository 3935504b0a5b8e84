package io.countersign.sandbox.traffic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Compares ledgers with what a server knows, over its query API and its log. */
public final class LedgerCheck {

  private LedgerCheck() {}

  /** Checks one ledger. */
  public static LedgerFindings check(Path ledger, URI server, String token, Duration patience)
      throws InterruptedException {
    return check(List.of(ledger), server, token, patience);
  }

  /**
   * Checks ledgers of one server together.
   *
   * @param ledgers files of runs
   * @param server for example {@code http://127.0.0.1:8080}
   * @param token of a principal that may read work items, the log and the inbox
   * @param patience how long to wait for what is acknowledged to be handled and visible
   * @throws IllegalStateException when the server does not answer as it should
   */
  public static LedgerFindings check(
      List<Path> ledgers, URI server, String token, Duration patience) throws InterruptedException {
    throw new UnsupportedOperationException("not yet");
  }
}

package io.countersign.sandbox.traffic;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Traffic that is being sent in the background. Each acknowledgement is in the ledger file before
 * its sender goes on.
 */
public final class TrafficRun implements AutoCloseable {

  private TrafficRun() {}

  /**
   * Begins to send.
   *
   * @param servers taken in turn, for example {@code http://127.0.0.1:8080}
   * @param webhookSecret password of the basic-auth user {@code azure-devops}
   * @param ledger file to append to; created when it is not there
   */
  public static TrafficRun start(
      TrafficPlan plan, List<URI> servers, String webhookSecret, Path ledger) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Notifications acknowledged so far. */
  public long acknowledged() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Sends no new notifications, ends the retries of open ones, and waits for that. */
  public TrafficSummary stop() throws InterruptedException {
    throw new UnsupportedOperationException("not yet");
  }

  /** Waits for the end of the plan. */
  public TrafficSummary await() throws InterruptedException {
    throw new UnsupportedOperationException("not yet");
  }

  /** Stops at once; what is under way stays without an outcome in the ledger. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("not yet");
  }
}

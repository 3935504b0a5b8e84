package io.countersign.command.inbox;

import io.countersign.command.domain.Backoff;
import io.countersign.command.inbox.ContentStore.Opened;
import io.countersign.command.inbox.ContentStore.Stored;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.eventlog.append.Outage;
import io.countersign.eventlog.database.OutageLog;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles one claimed delivery and says what became of it. Holds no connection while handling. */
final class Attempt {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final int MAX_DETAIL = 1000;

  /** As after so many failures: soon after an outage has ended, everything goes on. */
  private static final int LONGEST_OUTAGE_BACKOFF = 5;

  /** However many are handled at once, so few of them large: each takes many times its size. */
  private static final int MAX_LARGE = 2;

  private final OutageLog outages = new OutageLog(LOG, "deliveries cannot be handled");
  private final ContentStore contents;
  private final DeliveryHandler handler;
  private final Backoff backoff;
  private final InstantSource clock;
  private final int maxAttempts;
  private final Semaphore large = new Semaphore(MAX_LARGE);

  Attempt(
      ContentStore contents,
      DeliveryHandler handler,
      Backoff backoff,
      InstantSource clock,
      int maxAttempts) {
    this.contents = contents;
    this.handler = handler;
    this.backoff = backoff;
    this.clock = clock;
    this.maxAttempts = maxAttempts;
  }

  /** Never throws: whatever is thrown is a failed attempt. */
  Completion run(Claim claim) {
    try {
      Stored stored = claim.stored();
      if (stored != null) {
        return handle(claim, contents.open(stored));
      }
      large.acquire();
      try {
        return handle(claim, contents.open(claim.position()));
      } finally {
        large.release();
      }
    } catch (Throwable e) {
      return failed(claim, e);
    }
  }

  private Completion handle(Claim claim, Opened opened) throws Exception {
    return switch (opened) {
      case Opened.Expired _ -> closed(claim, "evicted", "retention", "its content is destroyed");
      case Opened.Unreadable(String code) ->
          closed(claim, "quarantined", code, "its content cannot be read");
      case Opened.Content content -> handle(claim, content);
    };
  }

  private Completion handle(Claim claim, Opened.Content content) throws Exception {
    Optional<UUID> earlier = contents.earlier(content.stored(), content.content().sha256());
    if (earlier.isPresent()) {
      return closed(claim, "duplicate", "same-delivery", "first received as " + earlier.get());
    }
    Outcome outcome =
        handler.handle(
            new Delivery(
                content.stored().id(),
                content.stored().receivedAt(),
                content.content().headers(),
                content.content().body(),
                claim.attempt()));
    outages.works();
    return switch (outcome) {
      case Outcome.Handled(List<String> aggregates) ->
          new Completion(
              claim,
              clock.instant(),
              "handled",
              null,
              null,
              List.copyOf(aggregates),
              null,
              claim.excused());
      case Outcome.Ignored(String code, String detail) -> closed(claim, "ignored", code, detail);
      case Outcome.Quarantined(String code, String detail) ->
          closed(claim, "quarantined", code, detail);
    };
  }

  private Completion closed(Claim claim, String status, String code, String detail) {
    String shortened = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    return Completion.closed(claim, clock.instant(), status, code, shortened);
  }

  /** The class of what was thrown, never its message: messages carry values. */
  private Completion failed(Claim claim, Throwable thrown) {
    String type = thrown.getClass().getName();
    Optional<Outage> outage = Outage.behind(thrown);
    if (outage.isPresent()) {
      outages.failed(outage.get().code());
      return waiting(claim, outage.get());
    }
    LOG.warn("attempt {} of delivery {} failed: {}", claim.attempt(), claim.position(), type);
    int counted = claim.attempt() - claim.excused();
    if (counted >= maxAttempts) {
      return Completion.closed(claim, clock.instant(), "quarantined", "attempts-exhausted", type);
    }
    return new Completion(
        claim,
        clock.instant(),
        "failed",
        type,
        null,
        List.of(),
        backoff.after(counted),
        claim.excused());
  }

  /** However long an outage lasts, it sends nothing to quarantine. */
  private Completion waiting(Claim claim, Outage outage) {
    int excused = claim.excused() + 1;
    return new Completion(
        claim,
        clock.instant(),
        "failed",
        outage.code(),
        null,
        List.of(),
        backoff.after(Math.min(excused, LONGEST_OUTAGE_BACKOFF)),
        excused);
  }
}

package io.countersign.audit.headmap;

import io.countersign.audit.Worker;
import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.SealedListener;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a head map whenever one is due, on the node that seals and on no other. When it is due is
 * read from the log, so restarts neither skip nor repeat one.
 */
final class HeadMapSchedule implements SealedListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeadMapSchedule.class);
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final HeadMapRecorder recorder;
  private final StoredHeads stored;
  private final PublishedLog published;
  private final Duration interval;
  private final Clock clock;
  private final AtomicInteger trouble = new AtomicInteger();
  private final Worker worker = new Worker("countersign-head-map");
  private volatile boolean seals;

  HeadMapSchedule(
      HeadMapRecorder recorder,
      StoredHeads stored,
      PublishedLog published,
      Duration interval,
      Clock clock,
      MeterRegistry meters) {
    this.recorder = recorder;
    this.stored = stored;
    this.published = published;
    this.interval = interval;
    this.clock = clock;
    Gauge.builder("countersign.audit.headmap.trouble", trouble, AtomicInteger::doubleValue)
        .description("1 when the last attempt to record a head map failed")
        .register(meters);
  }

  /** Starts looking. */
  void start() {
    worker.start(this::run);
  }

  @Override
  public void sealed(Checkpoint checkpoint, SignedNote note) {
    seals = true;
  }

  private void run() {
    Duration pause = interval.compareTo(LOOK) < 0 ? interval : LOOK;
    while (!worker.ended(pause)) {
      look();
    }
  }

  /** Records a map when it is due. Failing is said once and tried again. */
  void look() {
    if (!seals) {
      return;
    }
    try {
      if (isDue()) {
        record(AuditEntries.AUTOMATION);
      }
      trouble.set(0);
    } catch (HeadMapDamagedException e) {
      if (trouble.getAndSet(1) == 0) {
        LOG.error("NO HEAD MAP IS RECORDED: {}", e.getMessage());
      }
    } catch (IOException | RuntimeException | Error e) {
      if (trouble.getAndSet(1) == 0) {
        LOG.warn("no head map is recorded now, it is tried again: {}", e.getClass().getName());
      }
    }
  }

  /**
   * Records a map now.
   *
   * @param actor who asks
   * @return what was recorded; nothing when the last map still says it all
   */
  Optional<HeadMapRecorded> now(Actor actor) throws IOException, HeadMapDamagedException {
    if (!seals) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "This node does not seal the log; ask the one that does.");
    }
    return record(actor);
  }

  private Optional<HeadMapRecorded> record(Actor actor)
      throws IOException, HeadMapDamagedException {
    Optional<SealedTree> sealed = SealedTree.newest(published);
    return sealed.isEmpty() ? Optional.empty() : recorder.record(sealed.get(), actor);
  }

  private boolean isDue() throws HeadMapDamagedException {
    Optional<Instant> last = stored.newest(Long.MAX_VALUE).map(RecordedHeadMap::recordedAt);
    return last.or(stored::began)
        .filter(from -> !clock.instant().isBefore(from.plus(interval)))
        .isPresent();
  }

  /** Ends after the map it is at. */
  @Override
  public void close() {
    worker.close();
  }
}

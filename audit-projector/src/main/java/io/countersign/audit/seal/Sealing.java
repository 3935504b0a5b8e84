package io.countersign.audit.seal;

import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.key.LogKeyFile;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.eventlog.read.LogReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sealing: one thread that takes the folder's lock, or stands by until it gets it, and seals
 * what was appended. What may pass, a database or disk that does not answer, is tried again; what
 * must not be gone over stops it until the next start, and says so in log, health and metrics.
 */
public final class Sealing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final LogReader reader;
  private final PublishedLog published;
  private final LogKeyFile keyFile;
  private final String origin;
  private final Duration interval;
  private final Clock clock;
  private final SealMetrics metrics;
  private final SealedListeners listeners;
  private final Semaphore end = new Semaphore(0);
  private volatile @Nullable String halted;
  private @Nullable Thread thread;
  private boolean troubled;

  /** Does not start yet. */
  public Sealing(
      LogReader reader,
      PublishedLog published,
      LogKeyFile keyFile,
      String origin,
      Duration interval,
      Clock clock,
      SealMetrics metrics,
      List<SealedListener> listeners) {
    this.reader = reader;
    this.published = published;
    this.keyFile = keyFile;
    this.origin = origin;
    this.interval = interval;
    this.clock = clock;
    this.metrics = metrics;
    this.listeners = new SealedListeners(listeners);
  }

  /** Starts the thread. */
  public void start() {
    thread = Thread.ofPlatform().name("countersign-sealer").daemon(true).start(this::run);
  }

  /** Why sealing has stopped for good; empty while it goes on. */
  public Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!ended(pause)) {
      try (var lock = published.tryLock().orElse(null)) {
        if (lock != null) {
          sealUntilEnd();
          return;
        }
        pause = STAND_BY;
      } catch (SealingHaltedException | LogKeyException | NoteFormatException e) {
        halt(String.valueOf(e.getMessage()));
        return;
      } catch (IOException | RuntimeException | Error e) {
        trouble(e);
        pause = STAND_BY;
      }
    }
  }

  private void sealUntilEnd() throws IOException, SealingHaltedException, NoteFormatException {
    NoteSigner signer = signer();
    published.publishKey(signer.verifierKey().toString());
    Sealer sealer = Sealer.resume(reader, published, signer);
    metrics.sealed(sealer.size());
    listeners.tell(sealer.newest());
    Duration pause = Duration.ZERO;
    while (!ended(pause)) {
      int sealed = sealer.seal();
      metrics.sealed(sealer.size());
      listeners.tell(sealer.newest());
      if (troubled) {
        LOG.info("the log is sealed again");
        troubled = false;
      }
      pause = sealed == Sealer.PAGE ? Duration.ZERO : interval;
    }
  }

  private NoteSigner signer() throws IOException, NoteFormatException {
    boolean known = keyFile.exists();
    if (!known && published.checkpoint().isPresent()) {
      throw new LogKeyException(
          "the key %s is not there, though checkpoints were signed with it: bring it back"
              .formatted(keyFile.path()));
    }
    var keys = known ? keyFile.read() : keyFile.create();
    var signer = new NoteSigner(origin, SignatureType.ED25519, keys, clock);
    if (!known) {
      LOG.info(
          "the log's signing key was created in {}: keep a copy of it, and give auditors {}",
          keyFile.path(),
          signer.verifierKey());
    }
    return signer;
  }

  private void halt(String why) {
    halted = why;
    metrics.halted();
    LOG.error("SEALING HAS STOPPED: {}. Nothing is signed until somebody has decided", why);
  }

  private void trouble(Throwable e) {
    if (!troubled) {
      LOG.warn("the log is not sealed now and is tried again: {}", e.getClass().getName());
      troubled = true;
    }
  }

  private boolean ended(Duration pause) {
    try {
      return end.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the thread after the step it is at. */
  @Override
  public void close() {
    Thread running = thread;
    end.release();
    try {
      if (running != null && !running.join(STOP)) {
        LOG.warn("the sealer did not end in {}", STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

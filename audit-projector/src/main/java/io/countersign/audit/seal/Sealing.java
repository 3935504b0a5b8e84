package io.countersign.audit.seal;

import io.countersign.audit.key.KeyBook;
import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.eventlog.append.Halt;
import io.countersign.eventlog.append.LogHaltedException;
import io.countersign.kernel.Actor;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sealing: one thread that takes the folder's lock, or stands by until it gets it, and seals
 * what was appended. What may pass, a database or disk that does not answer, is tried again; what
 * must not be gone over halts the log on every node, until somebody has decided. While it is halted
 * nobody keeps the lock, so that any node with the role audit can carry out the decision; and each
 * of them looks again and again, so that a halt that was only removed comes back.
 */
public final class Sealing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** What the thread does. */
  public enum State {
    /** Another node seals, or nothing has begun yet. */
    STANDS_BY,
    SEALS,
    HALTED
  }

  private final Resumption resumption;
  private final PublishedLog published;
  private final KeyBook keyBook;
  private final Duration interval;
  private final SealMetrics metrics;
  private final SealedListeners listeners;
  private final Queue<Ask> asks = new ConcurrentLinkedQueue<>();
  private final Semaphore end = new Semaphore(0); // ends a pause at a stop
  private volatile boolean stopping;
  private volatile State state = State.STANDS_BY;
  private volatile @Nullable String halted;
  private @Nullable Thread thread;
  private boolean troubled;

  /** Does not start yet. */
  Sealing(
      Resumption resumption,
      PublishedLog published,
      KeyBook keyBook,
      Duration interval,
      SealMetrics metrics,
      List<SealedListener> listeners) {
    this.resumption = resumption;
    this.published = published;
    this.keyBook = keyBook;
    this.interval = interval;
    this.metrics = metrics;
    this.listeners = new SealedListeners(listeners);
  }

  /**
   * Looks whether the log may go on, before anything is taken in, then starts the thread.
   *
   * @throws LogKeyException when the log's key is not there or another one: this node does not
   *     start, and the log is halted
   */
  public void start() {
    try (var lock = published.tryLock().orElse(null)) {
      if (lock != null && resumption.undecided().isEmpty()) {
        resumption.prepared();
      }
    } catch (SealingHaltedException e) {
      halt(e);
      if (e.getCause() instanceof LogKeyException key) {
        throw key;
      }
    } catch (IOException | SQLException | RuntimeException e) {
      trouble(e);
    }
    thread = Thread.ofPlatform().name("countersign-sealer").daemon(true).start(this::run);
  }

  /** Why the log is halted, as this node found it; empty while it is not. */
  public Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  /** What the thread does. */
  public State state() {
    return state;
  }

  /**
   * Has the sealing thread check everything again and go on.
   *
   * @return completes with a sentence about what was done, or with {@link
   *     DecisionRefusedException}; never, while another node has the lock
   */
  public CompletableFuture<String> resume(String reason, Actor actor) {
    return ask(new Ask(Ask.What.RESUME, reason, actor));
  }

  /** Has it go on from what the database holds, under another origin. The same answers. */
  public CompletableFuture<String> restart(String reason, Actor actor) {
    return ask(new Ask(Ask.What.RESTART, reason, actor));
  }

  /** Has a new key take over. The same answers. */
  public CompletableFuture<String> rotateKey(String reason, Actor actor) {
    return ask(new Ask(Ask.What.ROTATE_KEY, reason, actor));
  }

  private CompletableFuture<String> ask(Ask ask) {
    asks.add(ask);
    return ask.done();
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!ended(pause)) {
      try (var lock = published.tryLock().orElse(null)) {
        if (lock == null) {
          standBy();
        } else {
          work();
        }
      } catch (SealingHaltedException e) {
        halt(e);
      } catch (LogHaltedException e) {
        LOG.debug("halted by another node meanwhile");
      } catch (IOException | SQLException | RuntimeException | Error e) {
        trouble(e);
      }
      pause = STAND_BY;
    }
    asks.forEach(ask -> ask.refuse("this node stops"));
  }

  private void standBy() throws SQLException {
    Halt standing = resumption.standing().orElse(null);
    now(standing == null ? State.STANDS_BY : State.HALTED, standing);
  }

  private void work() throws IOException, SealingHaltedException, SQLException {
    Halt standing = resumption.undecided().orElse(null);
    while (standing != null) {
      now(State.HALTED, standing);
      Ask ask = next();
      if (ask == null) {
        return;
      }
      decide(ask, standing);
      standing = resumption.undecided().orElse(null);
    }
    sealUntilEnd();
  }

  private void sealUntilEnd() throws IOException, SealingHaltedException, SQLException {
    Sealer sealer = resumption.prepared();
    now(State.SEALS, null);
    Duration pause = Duration.ZERO;
    while (!ended(pause)) {
      for (Ask ask = next(); ask != null; ask = next()) {
        decide(ask, sealer);
      }
      sealer.use(keyBook.retire(sealer.keys(), sealer.size()));
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

  /** The next one that somebody still waits for. */
  private @Nullable Ask next() {
    Ask ask = asks.poll();
    while (ask != null && ask.done().isDone()) {
      ask = asks.poll();
    }
    return ask;
  }

  private void decide(Ask ask, Halt standing) throws IOException, SQLException {
    try {
      ask.done()
          .complete(
              switch (ask.what()) {
                case RESUME -> resumption.resume(standing, ask.reason(), ask.actor());
                case RESTART -> resumption.restart(standing, ask.reason(), ask.actor());
                case ROTATE_KEY ->
                    throw new DecisionRefusedException("the log is halted: " + standing.words());
              });
      LOG.warn("{} of the halted log, decided by {}", ask.what(), ask.actor());
    } catch (SealingHaltedException e) {
      ask.refuse("it is not sound yet: " + Resumption.words(e));
      halt(e);
    } catch (DecisionRefusedException | LogKeyException e) {
      ask.refuse(String.valueOf(e.getMessage()));
    } catch (IOException | SQLException | RuntimeException e) {
      ask.refuse("it did not come to an end (%s)".formatted(e.getClass().getSimpleName()));
      throw e;
    }
  }

  private void decide(Ask ask, Sealer sealer) throws IOException, SQLException {
    Halt standing = resumption.standing().orElse(null);
    if (standing != null) {
      decide(ask, standing); // a row that somebody else put there
      return;
    }
    if (ask.what() != Ask.What.ROTATE_KEY) {
      ask.refuse("the log is not halted");
      return;
    }
    try {
      LogKeys keys = keyBook.rotate(sealer.keys(), sealer.size(), ask.reason(), ask.actor());
      sealer.use(keys);
      ask.done().complete("a new key signs: " + keys.newest());
    } catch (LogKeyException e) {
      ask.refuse(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      ask.refuse("it was begun and goes on (%s)".formatted(e.getClass().getSimpleName()));
      throw e;
    }
  }

  private void now(State next, @Nullable Halt standing) {
    state = next;
    halted = standing == null ? null : standing.words();
    metrics.halted(standing != null);
  }

  private void halt(SealingHaltedException e) {
    String why = Resumption.words(e);
    if (!why.equals(halted)) {
      LOG.error("THE LOG IS HALTED, nothing is sealed, appended or taken in: {}", why);
    }
    state = State.HALTED;
    halted = why;
    metrics.halted(true);
    try {
      resumption.halt(e);
    } catch (IOException | SQLException | RuntimeException failure) {
      trouble(failure); // the next look sets it
    }
  }

  private void trouble(Throwable e) {
    if (!troubled) {
      LOG.warn("the log is not sealed now and is tried again: {}", e.getClass().getName());
      troubled = true;
    }
  }

  private boolean ended(Duration pause) {
    try {
      return stopping || end.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the thread after the step it is at. */
  @Override
  public void close() {
    Thread running = thread;
    stopping = true;
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

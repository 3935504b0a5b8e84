package io.countersign.query.reading;

import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * How many requests are worked on at the same time. Further ones wait in the order they came, for a
 * while and not too many of them: what a node holds in memory does not grow with what it is asked.
 */
public final class RequestSlots {

  private final int most;
  private final int mostWaiting;
  private final Duration longestWait;
  private final SequencedSet<Slot> waiting = new LinkedHashSet<>();
  private int taken;
  private long refused;

  /**
   * Limits.
   *
   * @param most requests at the same time
   * @param mostWaiting requests that wait
   * @param longestWait how long one waits
   */
  public RequestSlots(int most, int mostWaiting, Duration longestWait) {
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.longestWait = longestWait;
  }

  /** For one request, which takes and leaves it. */
  public Slot slot() {
    return new Slot();
  }

  /** Requests worked on now. */
  public synchronized int taken() {
    return taken;
  }

  /** Requests that wait now. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Requests refused so far. */
  public synchronized long refused() {
    return refused;
  }

  private enum State {
    OUTSIDE,
    WAITING,
    TAKEN
  }

  /** The slot of one request. Threads may come and go; to leave it twice is harmless. */
  public final class Slot {

    private State state = State.OUTSIDE;
    private Sinks.Empty<Void> turn = Sinks.empty();

    private Slot() {}

    /** For {@link #of}. */
    public Context in(Context context) {
      return context.put(Slot.class, this);
    }

    /** The slot of the request that is worked on, if requests are limited. */
    static @Nullable Slot of(ContextView context) {
      return context.getOrDefault(Slot.class, null);
    }

    /**
     * Completes when the request may be worked on; a {@link ProblemException} of type {@link
     * ProblemType#OVERLOADED} when it may not.
     */
    public Mono<Void> take() {
      return Mono.defer(
          () -> {
            synchronized (RequestSlots.this) {
              if (taken < most) {
                taken++;
                state = State.TAKEN;
                return Mono.empty();
              }
              if (waiting.size() >= mostWaiting) {
                refused++;
                return Mono.error(overloaded());
              }
              state = State.WAITING;
              turn = Sinks.empty();
              waiting.add(this);
            }
            // not on the thread of whoever leaves: it would work through all that wait
            return turn.asMono()
                .publishOn(Schedulers.parallel())
                .timeout(longestWait, Mono.defer(this::waitedInVain));
          });
    }

    private Mono<Void> waitedInVain() {
      leave();
      synchronized (RequestSlots.this) {
        refused++;
      }
      return Mono.error(overloaded());
    }

    /** The request has ended, or does nothing but wait. */
    public void leave() {
      Slot next = null;
      synchronized (RequestSlots.this) {
        if (state == State.WAITING) {
          waiting.remove(this);
        } else if (state == State.TAKEN) {
          if (waiting.isEmpty()) {
            taken--;
          } else {
            next = waiting.removeFirst();
            next.state = State.TAKEN;
          }
        }
        state = State.OUTSIDE;
      }
      if (next != null) {
        next.turn.tryEmitEmpty();
      }
    }

    private static ProblemException overloaded() {
      return new ProblemException(
          ProblemType.OVERLOADED, "More is asked of this node than it can answer; try again.");
    }
  }
}

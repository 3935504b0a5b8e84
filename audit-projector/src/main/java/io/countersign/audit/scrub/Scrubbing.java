package io.countersign.audit.scrub;

import io.countersign.audit.scrub.Scrubber.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that lets the scrubber take its steps, not faster than it may. */
final class Scrubbing implements AutoCloseable {

  /** Between two looks at something found, and between two rounds. */
  static final Duration REST = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Scrubbing.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Scrubber scrubber;
  private final int rate;
  private final Semaphore end = new Semaphore(0);
  private @Nullable Thread thread;
  private boolean troubled;

  Scrubbing(Scrubber scrubber, int rate) {
    this.scrubber = scrubber;
    this.rate = rate;
  }

  /** Starts, unless it is off. */
  void start() {
    if (rate > 0) {
      thread = Thread.ofPlatform().name("countersign-scrubber").daemon(true).start(this::run);
    }
  }

  private void run() {
    while (!ended(pause(step()))) {
      // the pause is all there is to do between two steps
    }
  }

  private Step step() {
    try {
      Step step = scrubber.step();
      troubled = false;
      return step;
    } catch (IOException | RuntimeException e) {
      if (!troubled) {
        LOG.warn("the log cannot be scrubbed now and is tried again: {}", e.getClass().getName());
        troubled = true;
      }
      return Step.NOTHING;
    }
  }

  /** At the end of a part so long that the rate is kept even if verifying took no time. */
  Duration pause(Step step) {
    return switch (step) {
      case PART -> Duration.ofMillis(Math.max(1, Scrubber.PART * 1_000L / rate));
      case SUSPECTED, ROUND_ENDED, NOTHING -> REST;
    };
  }

  private boolean ended(Duration pause) {
    try {
      return end.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    end.release();
    try {
      if (running != null && !running.join(STOP)) {
        LOG.warn("the scrubber did not end in {}", STOP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

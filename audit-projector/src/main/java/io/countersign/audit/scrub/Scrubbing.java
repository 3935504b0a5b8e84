package io.countersign.audit.scrub;

import io.countersign.audit.Worker;
import io.countersign.audit.scrub.Scrubber.Step;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that lets the scrubber take its steps, not faster than it may. */
final class Scrubbing implements AutoCloseable {

  /** Between two looks at something found, and between two rounds. */
  static final Duration REST = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Scrubbing.class);

  private final Scrubber scrubber;
  private final int rate;
  private final Worker worker = new Worker("countersign-scrubber");
  private boolean troubled;

  Scrubbing(Scrubber scrubber, int rate) {
    this.scrubber = scrubber;
    this.rate = rate;
  }

  /** Starts, unless it is off. */
  void start() {
    if (rate > 0) {
      worker.start(this::run);
    }
  }

  private void run() {
    while (!worker.ended(pause(step()))) {
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

  @Override
  public void close() {
    worker.close();
  }
}

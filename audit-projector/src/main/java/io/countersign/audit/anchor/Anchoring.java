package io.countersign.audit.anchor;

import io.countersign.audit.AuditWarnings;
import io.countersign.audit.seal.SealedListener;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the anchors, each on a thread of its own, so that a slow one holds up nobody: neither the
 * others nor the sealing, which only tells them of its checkpoints. So they run where the log is
 * sealed, and nowhere else.
 */
public final class Anchoring implements AuditWarnings, SealedListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);

  /** How often an anchor looks whether it is due: a question to the database each time. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration STOP = Duration.ofSeconds(10);

  private final List<AnchorRunner> runners;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Anchoring(List<AnchorRunner> runners) {
    this.runners = List.copyOf(runners);
  }

  List<AnchorRunner> runners() {
    return runners;
  }

  /** Starts the threads. */
  void start() {
    for (AnchorRunner runner : runners) {
      threads.add(
          Thread.ofPlatform()
              .name("countersign-anchor-" + runner.anchor().name())
              .daemon(true)
              .start(() -> run(runner)));
    }
  }

  private void run(AnchorRunner runner) {
    try {
      while (!end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        runner.step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void sealed(Checkpoint checkpoint, SignedNote note) {
    runners.forEach(runner -> runner.sealed(checkpoint, note));
  }

  /** Anchors that fail, and since when. */
  @Override
  public List<String> warnings() {
    var warnings = new ArrayList<String>();
    for (AnchorRunner runner : runners) {
      AnchorState state = runner.state();
      if (state.isFailing()) {
        warnings.add(
            "anchor %s fails since %s: %s"
                .formatted(runner.anchor().name(), state.failingSince(), state.why()));
      }
      for (String one : state.lacking()) {
        warnings.add("anchor %s goes on without %s".formatted(runner.anchor().name(), one));
      }
    }
    return warnings;
  }

  /** Ends the threads. Who waits for an answer from outside waits no longer. */
  @Override
  public void close() {
    end.countDown();
    runners.forEach(AnchorRunner::end);
    try {
      for (Thread thread : threads) {
        if (!thread.join(STOP)) {
          LOG.warn("{} did not end in {}", thread.getName(), STOP);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

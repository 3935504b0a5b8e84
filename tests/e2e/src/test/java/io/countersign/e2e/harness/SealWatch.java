package io.countersign.e2e.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An outsider who reads the published checkpoint all the time, whatever becomes of those who write
 * it: it never gets smaller, and no size ever has two roots. The first one is kept, for a proof
 * that the log only grew.
 */
public final class SealWatch implements AutoCloseable {

  private static final int PAUSE_MILLIS = 5;
  private static final int SIZE = 1;
  private static final int ROOT = 2;

  private final Path checkpoint;
  private final Path first;
  private final Thread thread;
  private final Map<Long, String> roots = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private long largest = -1;
  private volatile boolean ended;

  private SealWatch(Path published, Path first) {
    this.checkpoint = published.resolve("checkpoint");
    this.first = first;
    this.thread = Thread.ofPlatform().name("seal-watch").daemon().unstarted(this::run);
  }

  /**
   * Watches from now on.
   *
   * @param published folder of the log, which need not be there yet
   * @param first file to keep the first checkpoint in
   */
  static SealWatch on(Path published, Path first) {
    var watch = new SealWatch(published, first);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!ended) {
        look();
        Thread.sleep(PAUSE_MILLIS); // it looks as often as this, nothing is waited for
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      found("the checkpoint cannot be read: " + e);
    }
  }

  private void look() throws IOException {
    String note;
    try {
      note = Files.readString(checkpoint, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      if (largest >= 0) {
        found("the checkpoint over %d entries is gone".formatted(largest));
      }
      return;
    }
    String[] lines = note.split("\n", -1);
    if (lines.length <= ROOT) {
      found("the checkpoint is not whole");
      return;
    }
    saw(Long.parseLong(lines[SIZE]), lines[ROOT]);
    if (Files.notExists(first)) {
      Files.writeString(first, note);
    }
  }

  private synchronized void saw(long size, String root) {
    String known = roots.putIfAbsent(size, root);
    if (known != null && !known.equals(root)) {
      found("two checkpoints over %d entries have different roots".formatted(size));
    }
    if (size < largest) {
      found("after a checkpoint over %d entries came one over %d".formatted(largest, size));
    }
    largest = Math.max(largest, size);
  }

  private synchronized void found(String finding) {
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /** What must not be, so far. */
  public synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  /** How many different checkpoints were seen. */
  synchronized int seen() {
    return roots.size();
  }

  /** The first one, a signed note. */
  public Path first() {
    return first;
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}

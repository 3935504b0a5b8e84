package io.countersign.auditlog.tile;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads bundles and their leaves in order, some ahead of whoever verifies them, and hashes the
 * entries meanwhile: reading, hashing and judging then share the cores there are.
 */
final class LookAhead implements AutoCloseable {

  private static final int AHEAD = 4;

  private final TileSource source;
  private final long size;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Future<Loaded>> loading = new ArrayDeque<>();
  private long next;

  LookAhead(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  /**
   * A bundle and its leaves.
   *
   * @param entries null where they cannot be read
   * @param hashes of the entries
   * @param leaves as published; null where they cannot be read
   * @param problems why
   */
  record Loaded(
      @Nullable List<byte[]> entries,
      List<EntryHash> hashes,
      byte @Nullable [] leaves,
      List<Finding> problems) {}

  /** The next bundle, from the first on. */
  Loaded take() {
    while (loading.size() < AHEAD && next * TilePath.FULL < size) {
      long bundle = next++;
      loading.add(threads.submit(() -> load(bundle)));
    }
    try {
      return loading.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a bundle cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a bundle was read", e);
    }
  }

  private Loaded load(long bundle) {
    var problems = new ArrayList<Finding>();
    var bundles = new Bundles(source, size, problems::add);
    List<byte[]> entries = bundles.entries(bundle);
    var hashes = new ArrayList<EntryHash>();
    if (entries != null) {
      entries.forEach(entry -> hashes.add(EntryHash.of(entry)));
    }
    return new Loaded(entries, hashes, bundles.leaves(bundle), problems);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}

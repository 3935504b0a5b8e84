package io.countersign.query.replay;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.Serializer;

/**
 * The log folded anew into temporary tables: one reader in order of the entries, parts that work
 * beside each other in the sight of one snapshot. The rows are there until it is closed.
 */
final class Replay implements AutoCloseable {

  private static final int ENTRIES_A_READ = 20_000;
  private static final int EVENTS_A_REPORT = 2_000;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Connection log;
  private final Set<String> names;
  private final PartRouter router;
  private final FirstFailure failure = new FirstFailure();
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final List<ReplayPart> parts = new ArrayList<>();

  /**
   * Of a projection.
   *
   * @param snapshot what is seen of the log; the caller closes it after this
   * @param count how many parts
   */
  Replay(
      Snapshot snapshot,
      Generation generation,
      ReplayPart.Sight sight,
      EventCatalogue catalogue,
      Serializer serializer,
      int count)
      throws SQLException {
    var fold = new Fold<>(generation.projection());
    this.log = snapshot.connection();
    this.names = fold.names(catalogue);
    try {
      String shared = snapshot.share();
      for (int i = 0; i < count; i++) {
        snapshots.add(snapshot.beside(shared));
        parts.add(new ReplayPart(snapshots.getLast(), generation, sight, serializer, failure));
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
    this.router =
        new PartRouter(fold, catalogue, serializer, parts.stream().map(ReplayPart::queue).toList());
  }

  /**
   * Replays everything up to an entry. Blocks.
   *
   * @throws ReplayFailedException names the first entry of all that fail
   */
  void run(long to, ReplayProgress progress) throws SQLException {
    List<Thread> threads = new ArrayList<>();
    try {
      for (ReplayPart part : parts) {
        threads.add(Thread.ofPlatform().name("projection-replay").daemon().start(part));
      }
      read(to, progress);
      join(threads, to + 1, progress);
      parts.forEach(part -> part.queue().rethrow());
      failure.rethrow();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      parts.forEach(part -> part.queue().stop());
      threads.forEach(Replay::joinQuietly);
    }
    progress.at(to + 1, to + 1);
  }

  private void read(long to, ReplayProgress progress) throws SQLException, InterruptedException {
    var pending = new int[1];
    for (long first = 0; first <= to && !failure.isThere(); first += ENTRIES_A_READ) {
      StoredEvents.scan(
          log,
          first,
          Math.min(to, first + ENTRIES_A_READ - 1),
          names,
          event -> {
            send(event);
            if (++pending[0] % EVENTS_A_REPORT == 0) {
              progress.at(event.index() + 1, to + 1);
            }
          });
    }
    router.sendAll(to, true);
  }

  private void send(StoredEvent event) {
    try {
      if (failure.concerns(event.index())) {
        router.add(event);
      }
    } catch (ReplayFailedException e) {
      failure.add(event.index(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Looks at the progress meanwhile, which may end it. */
  private static void join(List<Thread> threads, long all, ReplayProgress progress)
      throws InterruptedException {
    for (Thread thread : threads) {
      while (!thread.join(PATIENCE)) {
        progress.at(all, all);
      }
    }
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  /** Where the rows lie: each part's connection has its own temporary tables. */
  List<Connection> connections() {
    return parts.stream().map(ReplayPart::connection).toList();
  }

  @Override
  public void close() throws SQLException {
    SQLException failed = null;
    for (Snapshot snapshot : snapshots) {
      try {
        snapshot.close();
      } catch (SQLException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}

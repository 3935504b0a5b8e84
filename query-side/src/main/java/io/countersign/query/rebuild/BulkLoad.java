package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.replay.PartRouter;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;

/**
 * Fills the tables of a generation from the log: one reader in order of the entries, parts that
 * work beside each other, each with the events of its aggregates. Goes on where it was when it was
 * ended before its end.
 */
final class BulkLoad {

  private static final int ENTRIES_A_READ = 20_000;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final DataSource dataSource;
  private final Serializer serializer;
  private final EventCatalogue catalogue;
  private final Generation generation;
  private final Fold<?> fold;
  private final Set<String> names;
  private final int eventsPerSecond;
  private final ReplayProgress progress;
  private final List<LoadPart> parts = new ArrayList<>();
  private final LoadPositions positions;

  /**
   * A load.
   *
   * @param eventsPerSecond most events that are read in a second
   */
  BulkLoad(
      DataSource dataSource,
      Serializer serializer,
      EventCatalogue catalogue,
      Generation generation,
      int eventsPerSecond,
      ReplayProgress progress) {
    this.dataSource = dataSource;
    this.serializer = serializer;
    this.generation = generation;
    this.catalogue = catalogue;
    this.fold = new Fold<>(generation.projection());
    this.names = fold.names(catalogue);
    this.eventsPerSecond = eventsPerSecond;
    this.progress = progress;
    this.positions = new LoadPositions(generation.schema());
  }

  /**
   * Loads everything up to an entry. Blocks.
   *
   * @param to index of the last entry
   * @param all how many entries there are to come to, as the progress is told
   */
  void run(long to, long all) {
    List<Thread> threads = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<LoadPositions.Part> begun = positions.read(connection);
        connection.commit();
        for (LoadPositions.Part part : begun) {
          parts.add(new LoadPart(parts.size(), generation, dataSource, serializer, part));
        }
        for (LoadPart part : parts) {
          threads.add(Thread.ofPlatform().name("projection-load").daemon().start(part));
        }
        long from = begun.stream().mapToLong(LoadPositions.Part::position).min().orElse(-1) + 1;
        read(connection, router(), from, to, all);
        join(threads, to + 1, all);
        parts.forEach(part -> part.queue().rethrow());
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw ReplayFailedException.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      parts.forEach(part -> part.queue().stop());
      threads.forEach(BulkLoad::joinQuietly);
    }
  }

  private PartRouter router() {
    return new PartRouter(
        fold, catalogue, serializer, parts.stream().map(LoadPart::queue).toList());
  }

  private void read(Connection connection, PartRouter router, long from, long to, long all)
      throws SQLException, InterruptedException {
    var pace = new Pace(eventsPerSecond);
    if (from > to) {
      router.sendAll(to, true);
    }
    for (long first = from; first <= to; first += ENTRIES_A_READ) {
      long last = Math.min(to, first + ENTRIES_A_READ - 1);
      StoredEvents.scan(
          connection,
          first,
          last,
          names,
          event -> {
            try {
              pace.next(() -> progress.at(event.index(), all));
              router.add(event);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted", e);
            }
          });
      connection.commit();
      router.sendAll(last, last == to);
      progress.at(last + 1, all);
    }
  }

  /** Looks at the progress meanwhile, which may end it. */
  private void join(List<Thread> threads, long at, long all) throws InterruptedException {
    for (Thread thread : threads) {
      while (!thread.join(PATIENCE)) {
        parts.forEach(part -> part.queue().rethrow());
        progress.at(at, all);
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
}

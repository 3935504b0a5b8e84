package io.countersign.query.rebuild;

import io.countersign.eventlog.stream.StoredEvent;
import io.countersign.eventlog.stream.StoredEvents;
import io.countersign.kernel.catalogue.EventCatalogue;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.query.projection.Fold;
import io.countersign.query.projection.Generation;
import io.countersign.query.projection.ProjectionProcessors;
import io.countersign.query.rebuild.LoadPart.Chunk;
import io.countersign.query.replay.Messages;
import io.countersign.query.replay.ReplayFailedException;
import io.countersign.query.replay.ReplayProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;

/**
 * Fills the tables of a generation from the log: one reader in order of the entries, parts that
 * work beside each other, each with the events of its aggregates. Goes on where it was when it was
 * ended before its end.
 */
final class BulkLoad {

  private static final int ENTRIES_A_READ = 20_000;
  private static final int EVENTS_A_CHUNK = 256;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final DataSource dataSource;
  private final Serializer serializer;
  private final Generation generation;
  private final Set<String> names;
  private final Set<String> purges;
  private final int eventsPerSecond;
  private final ReplayProgress progress;
  private final List<LoadPart> parts = new ArrayList<>();
  private final List<List<StoredEvent>> chunks = new ArrayList<>();
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
    this.names = new Fold<>(generation.projection()).names(catalogue);
    this.purges =
        names.stream()
            .filter(name -> catalogue.classOf(name).orElse(null) == PayloadPurged.class)
            .collect(Collectors.toSet());
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
          chunks.add(new ArrayList<>());
        }
        for (LoadPart part : parts) {
          threads.add(Thread.ofPlatform().name("projection-load").daemon().start(part));
        }
        long from = begun.stream().mapToLong(LoadPositions.Part::position).min().orElse(-1) + 1;
        read(connection, from, to, all);
        join(threads, to + 1, all);
        parts.forEach(LoadPart::rethrow);
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
      parts.forEach(LoadPart::stop);
      threads.forEach(BulkLoad::joinQuietly);
    }
  }

  private void read(Connection connection, long from, long to, long all)
      throws SQLException, InterruptedException {
    var pace = new Pace(eventsPerSecond);
    if (from > to) {
      sendAll(to, true);
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
              add(event);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("interrupted", e);
            }
          });
      connection.commit();
      sendAll(last, last == to);
      progress.at(last + 1, all);
    }
  }

  private void add(StoredEvent event) throws InterruptedException {
    int part = Math.floorMod(spread(sequence(event).hashCode()), parts.size());
    chunks.get(part).add(event);
    if (chunks.get(part).size() >= EVENTS_A_CHUNK) {
      send(part, event.index(), false);
    }
  }

  private void sendAll(long upTo, boolean last) throws InterruptedException {
    for (int part = 0; part < parts.size(); part++) {
      send(part, upTo, last);
    }
  }

  private void send(int part, long upTo, boolean last) throws InterruptedException {
    parts.get(part).take(new Chunk(chunks.get(part), upTo, last));
    chunks.set(part, new ArrayList<>());
  }

  /** What decides about the part: as for live processors, changes of one row share it. */
  private Object sequence(StoredEvent event) {
    if (!event.aggregateType().isEmpty() && !purges.contains(event.name())) {
      return event.aggregateId();
    }
    Object[] decides = {event.eventId()};
    Messages.forEach(
        event,
        serializer,
        message -> {
          Object sequence = ProjectionProcessors.sequence(message);
          if (sequence != null) {
            decides[0] = sequence;
          }
        });
    return decides[0];
  }

  /** Ids end in numbers that follow each other; their hashes do as well. */
  private static int spread(int hash) {
    return (int) (hash * 0x9E37_79B9_7F4A_7C15L >>> 33);
  }

  /** Looks at the progress meanwhile, which may end it. */
  private void join(List<Thread> threads, long at, long all) throws InterruptedException {
    for (Thread thread : threads) {
      while (!thread.join(PATIENCE)) {
        parts.forEach(LoadPart::rethrow);
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

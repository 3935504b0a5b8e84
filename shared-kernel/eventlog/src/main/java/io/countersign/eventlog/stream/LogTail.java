package io.countersign.eventlog.stream;

import io.countersign.eventlog.EventLogSettings;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.database.OutageLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes each new range of the log to all open streams. The node's own commits are handed over by
 * its committer; those of other nodes are read once for the whole node, after NOTIFY. What is
 * missing for whatever reason is read as well: a clock looks as safety net.
 */
public final class LogTail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  private final OutageLog outage = new OutageLog(LOG, "the tail of the log cannot be read");
  private final DatabaseAddress address;
  private final StoredEvents stored;
  private final Serializer serializer;
  private final EventUpcaster upcasters;
  private final EventLogSettings settings;
  private final Ring ring;
  private final LogListener listener;
  private final Thread thread;
  private final Set<LogStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean fed = new AtomicBoolean();
  private volatile boolean closed;
  private @Nullable Connection connection;

  /**
   * Does not start yet.
   *
   * @param stored for streams that are behind
   */
  public LogTail(
      DatabaseAddress address,
      StoredEvents stored,
      Serializer serializer,
      EventUpcaster upcasters,
      MeterRegistry meters,
      EventLogSettings settings) {
    this.address = address;
    this.stored = stored;
    this.serializer = serializer;
    this.upcasters = upcasters;
    this.settings = settings;
    this.ring = new Ring(settings.ringEvents(), settings.ringBytes());
    this.listener = new LogListener(address, settings.poll(), this::heard);
    this.thread = Thread.ofPlatform().name("countersign-tail").daemon(true).unstarted(this::run);
    Gauge.builder("countersign.log.tail.index", () -> ring.next() - 1)
        .description("last index this node has pushed to its streams")
        .register(meters);
  }

  /**
   * Begins at the end of the log.
   *
   * @throws SQLException when the database cannot be reached
   */
  public void start() throws SQLException {
    ring.startAt(StoredEvents.lastIndex(connected()) + 1);
    thread.start();
    listener.start();
  }

  /**
   * Takes events that are committed, in order and without a gap among them. When others are missing
   * before them, all are read from the database.
   */
  public void offer(List<StoredEvent> events) {
    if (ring.offer(events.stream().map(TailEvent::new).toList())) {
      fed.set(true);
      LockSupport.unpark(thread);
    } else {
      wake();
    }
  }

  private void heard(long lastIndex) {
    if (lastIndex >= ring.next()) {
      wake();
    }
  }

  private void wake() {
    woken.set(true);
    LockSupport.unpark(thread);
  }

  /**
   * A stream of everything after a token; null means from the first entry.
   *
   * @throws IllegalArgumentException for tokens of another event store
   */
  public TrackingEventStream open(@Nullable TrackingToken token) {
    TrackingToken position = token == null ? null : WrappedToken.unwrapLowerBound(token);
    long next =
        switch (position) {
          case null -> 0;
          case GlobalSequenceTrackingToken at -> at.getGlobalIndex() + 1;
          default ->
              throw new IllegalArgumentException(
                  "a token of another event store: " + position.getClass().getSimpleName());
        };
    var stream = new LogStream(this, next);
    streams.add(stream);
    return stream;
  }

  private void run() {
    boolean look = true;
    while (!closed) {
      try {
        if (fed.getAndSet(false)) {
          tellStreams();
        }
        if (woken.getAndSet(false) || look) {
          look = advance();
        } else {
          LockSupport.parkNanos(settings.poll().toNanos());
          look = !fed.get() && !woken.get();
        }
      } catch (SQLException e) {
        if (!closed) {
          outage.failed("SQLSTATE " + e.getSQLState());
        }
        disconnect();
        look = true;
        LockSupport.parkNanos(settings.poll().toNanos());
      } catch (RuntimeException | Error e) {
        LOG.error("the tail of the log stands still at index {}", ring.next(), e);
        look = true;
        LockSupport.parkNanos(settings.poll().toNanos());
      }
    }
    disconnect();
  }

  /** Reads one page; true when there was something. */
  private boolean advance() throws SQLException {
    List<StoredEvent> rows = StoredEvents.page(connected(), ring.next(), settings.pageEvents());
    outage.works();
    if (rows.isEmpty()) {
      return false;
    }
    ring.add(rows.stream().map(TailEvent::new).toList());
    tellStreams();
    return true;
  }

  private void tellStreams() {
    for (LogStream stream : streams) {
      try {
        stream.available();
      } catch (RuntimeException e) {
        LOG.debug("a stream was not told of new events", e);
      }
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = address.connect("countersign tail");
      open.setNetworkTimeout(Runnable::run, Math.toIntExact(READ_TIMEOUT.toMillis()));
      connection = open;
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException ignored) {
        // it was broken already
      }
    }
  }

  Ring ring() {
    return ring;
  }

  int pageEvents() {
    return settings.pageEvents();
  }

  /** A page for a stream that is behind the ring. */
  List<TailEvent> page(long from) {
    return stored.page(from, settings.pageEvents()).stream().map(TailEvent::new).toList();
  }

  List<? extends TrackedEventMessage<?>> messages(TailEvent event) {
    return event.messages(serializer, upcasters);
  }

  void forget(LogStream stream) {
    streams.remove(stream);
    ring.wakeAll();
  }

  /** Stops pushing; open streams end. */
  @Override
  public void close() {
    closed = true;
    listener.close();
    List.copyOf(streams).forEach(LogStream::close);
    wake();
    try {
      thread.join(READ_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.countersign.query.projection;

import io.countersign.eventlog.database.OutageLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * How far projections are: everything up to a projection's position is in its rows. Positions of
 * this node's segments are known at once, those of other nodes by what they store and report.
 */
public final class ProjectionPositions implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectionPositions.class);

  private final ProjectionProcessors processors;
  private final SegmentPositions stored;
  private final Duration pollInterval;
  private final Map<String, Sinks.Many<String>> signals = new ConcurrentHashMap<>();
  private final Map<String, Map<Integer, Long>> reported = new ConcurrentHashMap<>();
  // no ExecutorService: a client that gives up would interrupt, and that closes a JDBC socket
  private final Scheduler blocking = Schedulers.fromExecutor(Thread::startVirtualThread);
  private final OutageLog outage = new OutageLog(LOG, "positions are not reported");
  private volatile @Nullable Disposable reporting;

  /** Positions of these processors' projections. */
  public ProjectionPositions(
      ProjectionProcessors processors, DataSource dataSource, QuerySettings settings) {
    this.processors = processors;
    this.stored = new SegmentPositions(dataSource);
    this.pollInterval = settings.pollInterval();
    for (String name : processors.names()) {
      signals.put(name, Sinks.many().multicast().directBestEffort());
    }
    processors.onAdvance(this::advanced);
  }

  /**
   * Index up to which the rows that queries read, or are about to read, have seen everything; -1
   * when they have seen nothing.
   *
   * @param projection name of the projection
   */
  public Mono<Long> position(String projection) {
    return Mono.defer(
        () -> {
          List<Generation> read = read(projection);
          OptionalLong here = positionHere(read);
          return here.isPresent()
              ? Mono.just(here.getAsLong())
              : Mono.fromCallable(() -> storedPosition(read)).subscribeOn(blocking);
        });
  }

  private List<Generation> read(String projection) {
    return processors.generations().stream()
        .filter(one -> one.isRead() && one.name().equals(projection))
        .toList();
  }

  private OptionalLong positionHere(List<Generation> read) {
    long lowest = Long.MAX_VALUE;
    for (Generation one : read) {
      OptionalLong here = positionHere(one.processor());
      if (here.isEmpty()) {
        return here;
      }
      lowest = Math.min(lowest, here.getAsLong());
    }
    return read.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lowest);
  }

  private long storedPosition(List<Generation> read) {
    return read.stream()
        .mapToLong(one -> storedPosition(one.processor()))
        .min()
        .orElse(TokenPosition.NOTHING);
  }

  /**
   * Waits until a projection has seen an entry: woken by this node's processors, looking at other
   * nodes' positions now and then.
   *
   * @param projection name of the projection
   * @return the position reached; empty when the time is up
   */
  public Mono<Long> await(String projection, long index, Duration within) {
    Sinks.Many<String> signal = signals.get(projection);
    if (signal == null) {
      return Mono.error(new IllegalArgumentException("there is no such projection"));
    }
    return Flux.merge(
            Flux.interval(Duration.ZERO, pollInterval).onBackpressureDrop().cast(Object.class),
            signal.asFlux())
        .onBackpressureLatest()
        .concatMap(_ -> position(projection), 1)
        .filter(position -> position >= index)
        .next()
        .timeout(within)
        .onErrorResume(TimeoutException.class, _ -> Mono.empty());
  }

  /** The position of a processor; looks at the database as well. Blocks. */
  public long storedPosition(String processor) {
    return segments(processor).values().stream()
        .mapToLong(SegmentPositions.Stored::position)
        .min()
        .orElse(TokenPosition.NOTHING);
  }

  /** The segments of a processor as stored, those of this node as far as they are. Blocks. */
  Map<Integer, SegmentPositions.Stored> segments(String processor) {
    Map<Integer, SegmentPositions.Stored> segments =
        new TreeMap<>(
            processors
                .configuration()
                .map(axon -> stored.read(processor, axon.serializer()))
                .orElse(Map.of()));
    here(processor)
        .forEach(
            (segment, status) ->
                segments.compute(
                    segment,
                    (_, known) -> {
                      long here = TokenPosition.of(status.getTrackingToken());
                      return known == null
                          ? new SegmentPositions.Stored(here, null)
                          : new SegmentPositions.Stored(
                              Math.max(known.position(), here), known.owner());
                    }));
    return segments;
  }

  private Map<Integer, EventTrackerStatus> here(String processor) {
    return processors
        .processor(processor)
        .map(StreamingEventProcessor::processingStatus)
        .orElse(Map.of());
  }

  /** The position when this node has all segments: each has a share of 1 / (mask + 1). */
  private OptionalLong positionHere(String processor) {
    double share = 0;
    long lowest = Long.MAX_VALUE;
    for (EventTrackerStatus status : here(processor).values()) {
      share += 1.0 / (status.getSegment().getMask() + 1L);
      lowest = Math.min(lowest, TokenPosition.of(status.getTrackingToken()));
    }
    return share == 1.0 ? OptionalLong.of(lowest) : OptionalLong.empty();
  }

  private void advanced(String projection) {
    Sinks.Many<String> signal = signals.get(projection);
    if (signal != null && signal.currentSubscriberCount() > 0) {
      synchronized (signal) {
        signal.tryEmitNext(projection);
      }
    }
  }

  /** Tells other nodes how far segments got that had no events of their own. */
  private void report() {
    for (Generation generation : processors.generations()) {
      String processor = generation.processor();
      Map<Integer, Long> last = reported.computeIfAbsent(processor, _ -> new HashMap<>());
      Map<Integer, Long> news = new HashMap<>();
      here(processor)
          .forEach(
              (segment, status) -> {
                long position = TokenPosition.of(status.getTrackingToken());
                if (position > last.getOrDefault(segment, TokenPosition.NOTHING)) {
                  news.put(segment, position);
                }
              });
      if (!news.isEmpty()) {
        stored.report(processor, news);
        outage.works();
        last.putAll(news);
      }
    }
  }

  @Override
  public void start() {
    reporting =
        Flux.interval(pollInterval)
            .onBackpressureDrop()
            .concatMap(
                _ ->
                    Mono.fromRunnable(this::report)
                        .subscribeOn(blocking)
                        .onErrorResume(
                            e -> {
                              outage.failed(String.valueOf(e.getMessage()));
                              return Mono.empty();
                            }),
                1)
            .subscribe();
  }

  @Override
  public void stop() {
    var running = reporting;
    if (running != null) {
      running.dispose();
      reporting = null;
    }
  }

  @Override
  public boolean isRunning() {
    return reporting != null;
  }
}

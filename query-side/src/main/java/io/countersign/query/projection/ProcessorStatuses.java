package io.countersign.query.projection;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.query.projection.ProcessorStatus.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * How all processors are doing: the projections' by what the database says of every node, others by
 * what this node knows. Lags are exact, because entry indexes have no gaps. Blocks.
 */
public final class ProcessorStatuses implements MeterBinder {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final ProjectionProcessors processors;
  private final ProjectionPositions positions;
  private final LogReader log;
  private final Clock clock;
  private volatile Sample sample = new Sample(Instant.MIN, List.of());

  private record Sample(Instant at, List<ProcessorStatus> statuses) {}

  /** Statuses against this log. */
  public ProcessorStatuses(
      ProjectionProcessors processors, ProjectionPositions positions, LogReader log, Clock clock) {
    this.processors = processors;
    this.positions = positions;
    this.log = log;
    this.clock = clock;
  }

  /** Index of the last entry of the log; -1 when it is empty. */
  public long head() {
    return log.head().map(LogHead::lastIndex).orElse(TokenPosition.NOTHING);
  }

  /** All processors, projections first. */
  public List<ProcessorStatus> all() {
    Map<String, EventProcessor> others =
        new HashMap<>(
            processors
                .configuration()
                .map(Configuration::eventProcessingConfiguration)
                .map(EventProcessingConfiguration::eventProcessors)
                .orElse(Map.of()));
    List<ProcessorStatus> statuses = new ArrayList<>();
    for (Generation generation : processors.generations()) {
      statuses.add(ofGeneration(generation));
    }
    others.values().stream()
        .filter(StreamingEventProcessor.class::isInstance)
        .map(processor -> ofOther((StreamingEventProcessor) processor))
        .sorted(Comparator.comparing(ProcessorStatus::name))
        .forEach(statuses::add);
    return statuses;
  }

  /** One processor. */
  public Optional<ProcessorStatus> one(String name) {
    return all().stream().filter(status -> status.name().equals(name)).findFirst();
  }

  private ProcessorStatus ofGeneration(Generation generation) {
    String name = generation.processor();
    Map<Integer, SegmentPositions.Stored> stored = positions.storedSegments(name);
    int here = processors.processor(name).map(p -> p.processingStatus().size()).orElse(0);
    String error = failure(name, stored);
    boolean claimed =
        !stored.isEmpty() && stored.values().stream().allMatch(SegmentPositions.Stored::claimed);
    State state = state(generation, claimed, error);
    return status(
        name, generation, stored.size(), here, positions.storedPosition(name), state, error);
  }

  private static State state(Generation generation, boolean claimed, @Nullable String error) {
    if (generation.state() == Generation.State.LOADING) {
      return State.LOADING;
    }
    return generation.paused() ? State.PAUSED : state(claimed, error);
  }

  private static State state(boolean working, @Nullable String error) {
    return error != null ? State.FAILING : working ? State.RUNNING : State.STOPPED;
  }

  /** The code of a failure no node has got past yet. */
  private @Nullable String failure(
      String processor, Map<Integer, SegmentPositions.Stored> segments) {
    return processors.failures(processor).entrySet().stream()
        .filter(
            failed -> {
              SegmentPositions.Stored stored = segments.get(failed.getKey());
              return stored == null || stored.position() < failed.getValue().index();
            })
        .map(failed -> failed.getValue().code())
        .sorted()
        .findFirst()
        .orElse(null);
  }

  private ProcessorStatus ofOther(StreamingEventProcessor processor) {
    Map<Integer, EventTrackerStatus> segments = processor.processingStatus();
    long position =
        segments.values().stream()
            .mapToLong(segment -> TokenPosition.of(segment.getTrackingToken()))
            .min()
            .orElse(TokenPosition.NOTHING);
    String error =
        segments.values().stream()
            .filter(EventTrackerStatus::isErrorState)
            .map(segment -> segment.getError().getClass().getSimpleName())
            .findFirst()
            .orElse(null);
    boolean running = processor.isRunning() && !processor.isError();
    return status(
        processor.getName(),
        null,
        segments.size(),
        segments.size(),
        position,
        state(running, error),
        error);
  }

  private ProcessorStatus status(
      String name,
      @Nullable Generation generation,
      int segments,
      int here,
      long position,
      State state,
      @Nullable String error) {
    long head = Math.max(head(), position);
    double seconds =
        position == head
            ? 0
            : log.entry(position + 1)
                .map(StoredEntry::recordedAt)
                .map(at -> Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1000.0))
                .orElse(0.0);
    return new ProcessorStatus(
        name,
        generation == null ? null : generation.name(),
        generation == null ? null : generation.projection().version(),
        generation == null ? null : generation.number(),
        generation == null ? null : generation.state().word(),
        state,
        segments,
        here,
        position,
        head,
        head - position,
        seconds,
        error,
        generation == null ? null : processors.deadLetters(name));
  }

  /** Lags of the live projections; looked up when asked, at most once a second. */
  @Override
  public void bindTo(MeterRegistry metrics) {
    for (String name : processors.names()) {
      gauge(metrics, name, "countersign.projection.lag.positions", ProcessorStatus::lagPositions);
      gauge(metrics, name, "countersign.projection.lag.seconds", ProcessorStatus::lagSeconds);
      gauge(metrics, name, "countersign.projection.dead_letters", ProcessorStatus::letters);
    }
  }

  private void gauge(
      MeterRegistry metrics, String name, String meter, ToDoubleFunction<ProcessorStatus> value) {
    Gauge.builder(meter, this, self -> self.sampled(name, value))
        .description(
            meter.endsWith("dead_letters")
                ? "Events of a projection that wait because it could not take one"
                : "How far the rows that queries read are behind the log")
        .tag("projection", name)
        .register(metrics);
  }

  private double sampled(String name, ToDoubleFunction<ProcessorStatus> value) {
    Sample current = sample;
    Instant now = clock.instant();
    // also when the clock was set back: a sample must not stand until it has caught up
    if (current.at().isBefore(now.minus(FRESH)) || current.at().isAfter(now)) {
      current = new Sample(now, all());
      sample = current;
    }
    return current.statuses().stream()
        .filter(status -> name.equals(status.projection()) && "live".equals(status.standing()))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}

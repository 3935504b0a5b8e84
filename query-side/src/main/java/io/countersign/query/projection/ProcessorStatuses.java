package io.countersign.query.projection;

import io.countersign.eventlog.read.LogHead;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.Sampled;
import io.countersign.eventlog.read.StoredEntry;
import io.countersign.query.projection.ProcessorStatus.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * How all processors are doing: the projections' by what the database says of every node, others by
 * what this node knows. Lags are exact, because entry indexes have no gaps. Blocks.
 */
public final class ProcessorStatuses implements MeterBinder {

  private final ProjectionProcessors processors;
  private final ProjectionPositions positions;
  private final LogReader log;
  private final Clock clock;
  private final Sampled<List<ProcessorStatus>> sampled = new Sampled<>(this::all);

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
    Cluster cluster = cluster();
    for (Generation generation : processors.generations()) {
      statuses.add(ofGeneration(generation, cluster));
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

  /** The parallel parts of a projection's processor; nothing when there is no such processor. */
  public Optional<List<SegmentStatus>> segments(String processor) {
    return processors.ofProcessor(processor).map(this::segments);
  }

  private List<SegmentStatus> segments(Generation generation) {
    Cluster cluster = cluster();
    String name = generation.processor();
    Map<Integer, SegmentPositions.Stored> stored = positions.segments(name);
    int[] ids = stored.keySet().stream().mapToInt(Integer::intValue).toArray();
    long head = head();
    List<SegmentStatus> segments = new ArrayList<>();
    stored.forEach(
        (id, one) -> {
          String error = cluster.failure(name, Map.of(id, one));
          segments.add(
              new SegmentStatus(
                  id,
                  Segment.computeSegment(id, ids).getMask(),
                  one.position(),
                  Math.max(0, head - one.position()),
                  state(generation, cluster.has(one), error),
                  one.owner(),
                  error));
        });
    return segments;
  }

  /**
   * What all nodes say of themselves.
   *
   * @param alive which show life
   * @param failures what stops segments there
   */
  private record Cluster(Set<String> alive, List<SegmentFailure> failures) {

    boolean has(SegmentPositions.Stored segment) {
      return segment.owner() != null && alive.contains(segment.owner());
    }

    /** The code of a failure no node has got past yet. */
    @Nullable String failure(String processor, Map<Integer, SegmentPositions.Stored> segments) {
      return failures.stream()
          .filter(failed -> failed.processor().equals(processor))
          .filter(
              failed -> {
                SegmentPositions.Stored stored = segments.get(failed.segment());
                return stored != null && stored.position() < failed.index();
              })
          .map(SegmentFailure::code)
          .sorted()
          .findFirst()
          .orElse(null);
    }
  }

  private Cluster cluster() {
    return new Cluster(processors.nodes(), processors.failures());
  }

  private ProcessorStatus ofGeneration(Generation generation, Cluster cluster) {
    String name = generation.processor();
    Map<Integer, SegmentPositions.Stored> stored = positions.segments(name);
    int here = processors.processor(name).map(p -> p.processingStatus().size()).orElse(0);
    String error = cluster.failure(name, stored);
    boolean claimed = !stored.isEmpty() && stored.values().stream().allMatch(cluster::has);
    List<String> nodes =
        stored.values().stream()
            .filter(cluster::has)
            .map(SegmentPositions.Stored::owner)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    long position =
        stored.values().stream()
            .mapToLong(SegmentPositions.Stored::position)
            .min()
            .orElse(TokenPosition.NOTHING);
    return status(
        new Place(name, generation, stored.size(), here, nodes),
        position,
        state(generation, claimed, error),
        error);
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
        new Place(processor.getName(), null, segments.size(), segments.size(), null),
        position,
        state(running, error),
        error);
  }

  /** Which processor, and where it runs. */
  private record Place(
      String name,
      @Nullable Generation generation,
      int segments,
      int here,
      @Nullable List<String> nodes) {}

  private ProcessorStatus status(Place place, long position, State state, @Nullable String error) {
    Generation generation = place.generation();
    long head = Math.max(head(), position);
    double seconds =
        position == head
            ? 0
            : log.entry(position + 1)
                .map(StoredEntry::recordedAt)
                .map(at -> Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1000.0))
                .orElse(0.0);
    return new ProcessorStatus(
        place.name(),
        generation == null ? null : generation.name(),
        generation == null ? null : generation.projection().version(),
        generation == null ? null : generation.number(),
        generation == null ? null : generation.state().word(),
        state,
        place.segments(),
        place.here(),
        place.nodes(),
        position,
        head,
        head - position,
        seconds,
        error,
        generation == null ? null : processors.deadLetters(place.name()));
  }

  /** Lags of the live projections; looked up when asked, see {@link Sampled}. */
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
    return sampled.get().stream()
        .flatMap(List::stream)
        .filter(status -> name.equals(status.projection()) && "live".equals(status.standing()))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}

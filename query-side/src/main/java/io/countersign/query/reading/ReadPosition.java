package io.countersign.query.reading;

import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.query.projection.ProcessorStatuses;
import io.countersign.query.projection.ProjectionPositions;
import io.countersign.query.projection.QuerySettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.boot.convert.DurationStyle;
import reactor.core.publisher.Mono;

/**
 * Which position an answer reflects: looked up before the rows are read, so the rows are never
 * older than the answer says.
 */
public final class ReadPosition {

  /** Response header: everything up to this entry is in the answer. */
  public static final String HEADER = "Countersign-Position";

  private final ProjectionPositions positions;
  private final ProcessorStatuses statuses;
  private final BlockingCalls blocking;
  private final QuerySettings settings;

  /** Positions of projections against the head of the log. */
  public ReadPosition(
      ProjectionPositions positions,
      ProcessorStatuses statuses,
      BlockingCalls blocking,
      QuerySettings settings) {
    this.positions = positions;
    this.statuses = statuses;
    this.blocking = blocking;
    this.settings = settings;
  }

  /**
   * The position of a projection, after waiting for {@code atLeast} when the request asks for it.
   *
   * @param projection name of the projection
   * @return the position; a {@link ProblemException} of type {@link
   *     ProblemType#POSITION_NOT_REACHED} when the time was up before
   */
  public Mono<Long> reached(String projection, RequestParameters parameters) {
    OptionalLong atLeast = parameters.index("atLeast");
    Duration within =
        parameters.parsed("wait", expectedWait(), this::duration).orElse(settings.defaultWait());
    if (atLeast.isEmpty()) {
      return positions.position(projection);
    }
    long asked = atLeast.getAsLong();
    return positions
        .position(projection)
        .filter(position -> position >= asked)
        .switchIfEmpty(Mono.defer(() -> awaited(projection, asked, within)));
  }

  /** Whoever waits keeps nobody from being answered. */
  private Mono<Long> awaited(String projection, long asked, Duration within) {
    Mono<Long> reached =
        positions
            .await(projection, asked, within)
            .switchIfEmpty(Mono.defer(() -> notReached(projection, asked)));
    return Mono.deferContextual(
        context -> {
          RequestSlots.Slot slot = RequestSlots.Slot.of(context);
          if (slot == null) {
            return reached;
          }
          slot.leave();
          return reached.delayUntil(_ -> slot.take());
        });
  }

  private Mono<Long> notReached(String projection, long asked) {
    return positions
        .position(projection)
        .zipWith(blocking.call(statuses::head))
        .flatMap(
            found ->
                Mono.error(
                    new ProblemException(
                        ProblemType.POSITION_NOT_REACHED,
                        "the read model is at %d, %d was asked for, the log ends at %d"
                            .formatted(found.getT1(), asked, found.getT2()),
                        Map.of("position", found.getT1(), "asked", asked, "head", found.getT2()))));
  }

  private String expectedWait() {
    return "a duration up to %ds, for example 2s or 500ms,"
        .formatted(settings.longestWait().toSeconds());
  }

  private Duration duration(String text) {
    Duration duration = DurationStyle.SIMPLE.parse(text, ChronoUnit.SECONDS);
    if (duration.isNegative() || duration.compareTo(settings.longestWait()) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return duration;
  }
}

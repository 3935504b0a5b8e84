package io.countersign.query.operation;

import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.query.reading.RequestParameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an operation is wanted.
 *
 * @param version of the projection; for verify, rebuild, switch and drop
 * @param generation number of a set of tables; for verify, switch and drop
 * @param segment number of a parallel part; for split, merge and release
 * @param eventsPerSecond most events a second; for rebuild
 * @param stay whether what is built is not to be read yet; for rebuild
 */
@Schema(name = "WantedProjectionOptions")
record WantedOptions(
    @Schema(example = "1") @Nullable Integer version,
    @Schema(example = "2") @Nullable Integer generation,
    @Schema(example = "0") @Nullable Integer segment,
    @Schema(example = "5000") @Nullable Integer eventsPerSecond,
    @Schema(example = "false") @Nullable Boolean stay) {

  private static final Set<OperationKind> OF_A_VERSION =
      EnumSet.of(
          OperationKind.VERIFY, OperationKind.REBUILD, OperationKind.SWITCH, OperationKind.DROP);
  private static final Set<OperationKind> OF_A_GENERATION =
      EnumSet.of(OperationKind.VERIFY, OperationKind.SWITCH, OperationKind.DROP);
  private static final Set<OperationKind> OF_A_SEGMENT =
      EnumSet.of(OperationKind.SPLIT, OperationKind.MERGE, OperationKind.RELEASE);
  private static final Set<OperationKind> REBUILD = EnumSet.of(OperationKind.REBUILD);

  /** The options, when they fit a kind. */
  static OperationOptions checked(@Nullable WantedOptions wanted, OperationKind kind) {
    var given = wanted == null ? new WantedOptions(null, null, null, null, null) : wanted;
    fits("version", given.version(), 1, OF_A_VERSION, kind);
    fits("generation", given.generation(), 1, OF_A_GENERATION, kind);
    fits("segment", given.segment(), 0, OF_A_SEGMENT, kind);
    fits("eventsPerSecond", given.eventsPerSecond(), 1, REBUILD, kind);
    if (given.stay() != null && kind != OperationKind.REBUILD) {
      throw RequestParameters.invalid("stay", "only rebuild takes it");
    }
    if (OF_A_GENERATION.contains(kind)
        && kind != OperationKind.VERIFY
        && given.generation() == null) {
      throw RequestParameters.invalid("generation", "%s needs it".formatted(kind.word()));
    }
    if (OF_A_SEGMENT.contains(kind) && given.segment() == null) {
      throw RequestParameters.invalid("segment", "%s needs it".formatted(kind.word()));
    }
    return new OperationOptions(
        given.version(),
        given.generation(),
        given.segment(),
        given.eventsPerSecond(),
        Boolean.TRUE.equals(given.stay()));
  }

  private static void fits(
      String name,
      @Nullable Integer value,
      int least,
      Set<OperationKind> kinds,
      OperationKind kind) {
    if (value == null) {
      return;
    }
    if (!kinds.contains(kind)) {
      throw RequestParameters.invalid(name, "%s does not take it".formatted(kind.word()));
    }
    if (value < least) {
      throw RequestParameters.invalid(name, "%d or more expected".formatted(least));
    }
  }
}

package io.countersign.kernel.projection;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts about what was done to a projection. The entry's actor says who wanted it. */
public sealed interface ProjectionEvent {

  /** Name of the projection, for example {@code work-items}. */
  String projection();

  /** What they belong to. */
  UUID operation();

  /**
   * Somebody wants something done.
   *
   * @param projection name of the projection
   * @param operation id of what is to be done
   * @param kind what
   * @param reason why, in the words of who asked
   */
  record OperationRequested(String projection, UUID operation, OperationKind kind, String reason)
      implements ProjectionEvent {}

  /**
   * The rows were compared with a replay of the log up to the same positions, both at one moment.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param version version of the projection
   * @param segments how far its parts were
   * @param tables what comparing found, each table of the projection
   * @param equal whether every row is the same on both sides
   * @param parked how many sequences had dead letters: of these both sides hold what comes before
   *     the first; absent for none
   */
  record Verified(
      String projection,
      UUID operation,
      int version,
      List<SegmentPosition> segments,
      List<ComparedTable> tables,
      boolean equal,
      @Nullable Integer parked)
      implements ProjectionEvent {

    /** Copies the lists. */
    public Verified {
      segments = List.copyOf(segments);
      tables = List.copyOf(tables);
    }
  }

  /**
   * It was not done. Nothing is known of its result.
   *
   * @param projection name of the projection
   * @param operation what was not done
   * @param reason why, in a sentence that names no value
   */
  record OperationFailed(String projection, UUID operation, String reason)
      implements ProjectionEvent {}

  /**
   * Somebody, the entry's actor, no longer wants it done. It may have been done before this could
   * stop it: then its result follows.
   *
   * @param projection name of the projection
   * @param operation what is not to be done
   * @param reason why, in the words of who asked
   */
  record OperationCanceled(String projection, UUID operation, String reason)
      implements ProjectionEvent {}
}

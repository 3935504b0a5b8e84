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
   * @param options how; what is absent is as usual
   * @param reason why, in the words of who asked
   */
  record OperationRequested(
      String projection,
      UUID operation,
      OperationKind kind,
      OperationOptions options,
      String reason)
      implements ProjectionEvent {}

  /**
   * The rows were compared with a replay of the log up to the same positions, both at one moment.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param version version of the projection
   * @param generation number of the set of tables, counted within the version
   * @param segments how far its parts were
   * @param tables what comparing found, each table of the projection
   * @param equal whether every row is the same on both sides
   * @param parked how many sequences had dead letters: of these both sides hold what comes before
   *     the first; absent for none
   * @param evicted what was given up of dead letters, and so left out of the replay as it is out of
   *     the rows: with it, {@code equal} is not the whole log; absent for none
   */
  record Verified(
      String projection,
      UUID operation,
      int version,
      int generation,
      List<SegmentPosition> segments,
      List<ComparedTable> tables,
      boolean equal,
      @Nullable Integer parked,
      @Nullable EvictedEvents evicted)
      implements ProjectionEvent {

    /** Copies the lists. */
    public Verified {
      segments = List.copyOf(segments);
      tables = List.copyOf(tables);
    }
  }

  /**
   * A new set of tables was filled from the log, and follows it since.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param version version of the projection
   * @param generation number of the set of tables, counted within the version
   * @param position index of the entry up to which it was filled in bulk; -1 when the log was empty
   * @param events how many events that took, of those that concern it
   */
  record Rebuilt(
      String projection, UUID operation, int version, int generation, long position, long events)
      implements ProjectionEvent {}

  /**
   * Queries read another set of tables from now on.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param fromVersion version of the projection that was read before
   * @param fromGeneration number of the set of tables that was read before; it is kept
   * @param version version of the projection that is read
   * @param generation number of the set of tables that is read
   */
  record Switched(
      String projection,
      UUID operation,
      int fromVersion,
      int fromGeneration,
      int version,
      int generation)
      implements ProjectionEvent {}

  /**
   * A set of tables that queries did not read was removed.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param version version of the projection
   * @param generation number of the set of tables
   */
  record Dropped(String projection, UUID operation, int version, int generation)
      implements ProjectionEvent {}

  /**
   * The processor of the live tables stands still: they no longer follow the log.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   */
  record Paused(String projection, UUID operation) implements ProjectionEvent {}

  /**
   * The processor of the live tables goes on.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   */
  record Resumed(String projection, UUID operation) implements ProjectionEvent {}

  /**
   * The processor of the live tables has other parallel parts from now on.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param segments its parts, and how far they were
   */
  record Resegmented(String projection, UUID operation, List<SegmentPosition> segments)
      implements ProjectionEvent {

    /** Copies the list. */
    public Resegmented {
      segments = List.copyOf(segments);
    }
  }

  /**
   * The node that held a parallel part of the live tables' processor let it go.
   *
   * @param projection name of the projection
   * @param operation what it belongs to
   * @param segment number of the part
   * @param node which node held it
   */
  record SegmentReleased(String projection, UUID operation, int segment, String node)
      implements ProjectionEvent {}

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

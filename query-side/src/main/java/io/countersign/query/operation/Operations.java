package io.countersign.query.operation;

import io.countersign.kernel.Actor;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.countersign.kernel.projection.OperationKind;
import io.countersign.kernel.projection.OperationOptions;
import io.countersign.kernel.projection.ProjectionEvent.OperationCanceled;
import io.countersign.query.projection.ProjectionProcessors;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for operations into the table that the nodes work off. What is asked for is in the
 * log before any of it is done. Blocks.
 */
final class Operations {

  private final OperationTable table;
  private final ProjectionEntries entries;
  private final ProjectionProcessors projections;
  private final Runnable wake;

  /**
   * Of these projections.
   *
   * @param wake tells this node's runner that there is something to do
   */
  Operations(
      OperationTable table,
      ProjectionEntries entries,
      ProjectionProcessors projections,
      Runnable wake) {
    this.table = table;
    this.entries = entries;
    this.projections = projections;
    this.wake = wake;
  }

  /**
   * Asks for one. The same id again, for the same, gives what is there.
   *
   * @param options how; they fit the kind
   * @throws ProblemException when there is no such projection, when something else is under way
   *     with it, or when the id belongs to something else
   */
  Operation request(
      UUID id,
      String projection,
      OperationKind kind,
      OperationOptions options,
      String reason,
      Actor by) {
    if (projections.projection(projection).isEmpty()) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "There is no such projection; there are " + String.join(", ", projections.names()));
    }
    if (!table.add(id, projection, kind, options, reason, by.ref())) {
      Operation known = table.find(id).orElse(null);
      if (known == null) {
        throw underWay(projection);
      }
      if (!known.projection().equals(projection)
          || known.kind() != kind
          || !known.options().equals(options)) {
        throw new ProblemException(
            ProblemType.CONFLICT, "The id belongs to another operation", Map.of("operation", id));
      }
      return known;
    }
    wake.run();
    return find(id);
  }

  private ProblemException underWay(String projection) {
    Operation open = table.open(projection).orElse(null);
    return open == null
        ? new ProblemException(
            ProblemType.WRONG_STATE, "Another operation has just ended: ask again")
        : new ProblemException(
            ProblemType.WRONG_STATE,
            "Operation %s (%s) is under way with %s: wait for it, or cancel it"
                .formatted(open.id(), open.kind().word(), open.projection()),
            Map.of("operation", open.id()));
  }

  /** No longer wanted. What has ended stays as it is. */
  Operation cancel(UUID id, String reason, Actor by) {
    Operation known = find(id);
    if (known.endedAt() == null) {
      entries.requested(known);
      entries.append(new OperationCanceled(known.projection(), id, reason), by, UUID.randomUUID());
      table.cancel(id);
      wake.run();
    }
    return find(id);
  }

  Operation find(UUID id) {
    return table
        .find(id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such operation"));
  }

  List<Operation> newest(@Nullable String projection, int limit) {
    return table.newest(projection, limit);
  }
}

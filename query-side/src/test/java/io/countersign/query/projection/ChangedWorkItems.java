package io.countersign.query.projection;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.workitem.WorkItemProjection;
import java.util.List;
import java.util.function.Consumer;

/** The real projection of work items, but for what it makes of an event. */
public record ChangedWorkItems(Change change) implements Projection<WorkItemEvent> {

  private static final WorkItemProjection REAL = new WorkItemProjection();

  /** What an event changes. */
  public interface Change {
    List<RowChange> on(long index, WorkItemEvent event, Provenance provenance);
  }

  /** As the real one, after a trip wire. */
  public static ChangedWorkItems after(Consumer<WorkItemEvent> wire) {
    return new ChangedWorkItems(
        (index, event, provenance) -> {
          wire.accept(event);
          return REAL.on(index, event, provenance);
        });
  }

  /** As the real one up to an entry, and something else from there on. */
  public static ChangedWorkItems from(long entry, Change otherwise) {
    return new ChangedWorkItems(
        (index, event, provenance) ->
            index >= entry
                ? otherwise.on(index, event, provenance)
                : REAL.on(index, event, provenance));
  }

  @Override
  public String name() {
    return REAL.name();
  }

  @Override
  public int version() {
    return REAL.version();
  }

  @Override
  public String schema() {
    return REAL.schema();
  }

  @Override
  public Class<WorkItemEvent> family() {
    return REAL.family();
  }

  @Override
  public List<Table> tables() {
    return REAL.tables();
  }

  @Override
  public List<RowChange> on(long index, WorkItemEvent event, Provenance provenance) {
    return change.on(index, event, provenance);
  }
}

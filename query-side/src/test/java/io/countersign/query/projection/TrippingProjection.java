package io.countersign.query.projection;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.query.workitem.WorkItemProjection;
import java.util.List;
import java.util.function.Consumer;

/** The real projection of work items, after a trip wire. */
record TrippingProjection(Consumer<WorkItemEvent> wire) implements Projection<WorkItemEvent> {

  private static final WorkItemProjection REAL = new WorkItemProjection();

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
    wire.accept(event);
    return REAL.on(index, event, provenance);
  }
}

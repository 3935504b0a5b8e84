package io.countersign.query.project;

import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import io.countersign.query.projection.Column;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Projects with the state mappings operators chose. Every event changes the project's own row at
 * least by its index.
 */
public final class ProjectProjection implements Projection<ProjectEvent> {

  private static final Column ID = Column.of("id", WORD);
  private static final Column ORGANIZATION = Column.of("organization", WORD);
  private static final Column NAME = Column.of("name", WORD);
  private static final Column PROCESS = Column.of("process", WORD);
  private static final Column PROCESS_CHOSEN = Column.flag("process_chosen");
  private static final Column REGISTERED_INDEX = Column.first("registered_index", BIGINT);
  private static final Table PROJECT =
      new Table(
          "project",
          List.of(ID),
          List.of(ORGANIZATION, NAME, PROCESS, PROCESS_CHOSEN, REGISTERED_INDEX));

  private static final Column STATE = Column.of("state", WORD);
  private static final Table STATE_MAPPING =
      new Table(
          "project_state_mapping",
          List.of(
              Column.of("project", WORD),
              Column.of("work_item_type", WORD),
              Column.of("source_state", WORD)),
          List.of(STATE));

  @Override
  public String name() {
    return "projects";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_project_v1";
  }

  @Override
  public Class<ProjectEvent> family() {
    return ProjectEvent.class;
  }

  @Override
  public List<Table> tables() {
    return List.of(PROJECT, STATE_MAPPING);
  }

  @Override
  public List<RowChange> on(long index, ProjectEvent event, Provenance provenance) {
    ProjectId id = event.project();
    RowChange.Builder project =
        PROJECT.row(id.toString()).set(ORGANIZATION, id.organization().value());
    List<RowChange> changes = new ArrayList<>();
    switch (event) {
      case ProjectEvent.Registered e ->
          project.set(NAME, e.name()).set(PROCESS, e.process().word()).set(REGISTERED_INDEX, index);
      case ProjectEvent.Renamed e -> project.set(NAME, e.name());
      case ProjectEvent.ProcessChosen e ->
          project.set(PROCESS, e.process().word()).set(PROCESS_CHOSEN, true);
      case ProjectEvent.StateMapped e ->
          changes.add(
              STATE_MAPPING
                  .row(id.toString(), e.workItemType(), e.sourceState())
                  .set(STATE, e.state().word())
                  .build());
      case ProjectEvent.PolicyAttached _,
          ProjectEvent.ViolationModeChosen _,
          ProjectEvent.ConflictPolicyChosen _ -> {
        // told by the projection of gates
      }
    }
    changes.add(project.build());
    return changes;
  }
}

package io.countersign.query.policy;

import static io.countersign.query.projection.ColumnType.BIGINT;
import static io.countersign.query.projection.ColumnType.BOOLEAN;
import static io.countersign.query.projection.ColumnType.INTEGER;
import static io.countersign.query.projection.ColumnType.TIMESTAMP;
import static io.countersign.query.projection.ColumnType.WORD;

import io.countersign.kernel.Provenance;
import io.countersign.kernel.policy.PolicyEvent;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ProjectId;
import io.countersign.query.projection.Column;
import io.countersign.query.projection.Projection;
import io.countersign.query.projection.RowChange;
import io.countersign.query.projection.Table;
import io.countersign.rules.policy.Hierarchy;
import io.countersign.rules.policy.Trace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The process and the policies of each project, and the hierarchy of each published policy by its
 * digest. Those that come with the program are never published: whoever reads knows them.
 */
public final class PolicyProjection implements Projection<Object> {

  private static final Column PROCESS = Column.of("process", WORD);
  private static final Table PROJECT =
      new Table("policy_project", List.of(Column.of("project", WORD)), List.of(PROCESS));

  private static final Column ENVIRONMENT = Column.of("environment", WORD);
  private static final Column POLICY = Column.of("policy", WORD);
  private static final Column VERSION = Column.of("version", WORD);
  private static final Column SHA256 = Column.of("sha256", WORD);
  private static final Column HOLDS_FROM = Column.of("holds_from", TIMESTAMP);
  private static final Table ATTACHED =
      new Table(
          "attached_policy",
          List.of(Column.of("project", WORD), Column.of("entry_index", BIGINT)),
          List.of(ENVIRONMENT, POLICY, VERSION, SHA256, HOLDS_FROM));

  private static final Column PARENT = Column.of("parent", WORD);
  private static final Column CHILD = Column.of("child", WORD);
  private static final Column RATIONALE = Column.of("rationale", WORD);
  private static final Column REQUIRED = Column.of("required", BOOLEAN);
  private static final Table TRACE =
      new Table(
          "policy_trace",
          List.of(Column.of("sha256", WORD), Column.of("place", INTEGER)),
          List.of(PARENT, CHILD, RATIONALE, REQUIRED));

  @Override
  public String name() {
    return "policies";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String schema() {
    return "rm_policy_v1";
  }

  @Override
  public Class<Object> family() {
    return Object.class;
  }

  @Override
  public boolean takes(Class<?> event) {
    return PolicyEvent.class.isAssignableFrom(event) || ProjectEvent.class.isAssignableFrom(event);
  }

  @Override
  public List<Table> tables() {
    return List.of(PROJECT, ATTACHED, TRACE);
  }

  @Override
  public List<RowChange> on(long index, Object event, Provenance provenance) {
    return event instanceof PolicyEvent policy
        ? on(policy)
        : on(index, ProjectEvent.class.cast(event));
  }

  private static List<RowChange> on(PolicyEvent event) {
    return switch (event) {
      case PolicyEvent.Published e -> {
        List<Trace> traces =
            Hierarchy.read(e.policy(), e.yaml().getBytes(StandardCharsets.UTF_8)).traces();
        yield IntStream.range(0, traces.size())
            .mapToObj(place -> trace(e.sha256(), place, traces.get(place)))
            .toList();
      }
    };
  }

  private static RowChange trace(String sha256, int place, Trace trace) {
    return TRACE
        .row(sha256, place)
        .set(PARENT, trace.parent())
        .set(CHILD, trace.child())
        .set(RATIONALE, trace.rationale())
        .set(REQUIRED, trace.required())
        .build();
  }

  private static List<RowChange> on(long index, ProjectEvent event) {
    return switch (event) {
      case ProjectEvent.Registered e -> List.of(process(e.project(), e.process()));
      case ProjectEvent.ProcessChosen e -> List.of(process(e.project(), e.process()));
      case ProjectEvent.PolicyAttached e ->
          List.of(
              ATTACHED
                  .row(e.project().toString(), index)
                  .set(ENVIRONMENT, e.environment())
                  .set(POLICY, e.policy().id())
                  .set(VERSION, e.policy().version())
                  .set(SHA256, e.policy().sha256())
                  .set(HOLDS_FROM, e.from())
                  .build());
      case ProjectEvent.Renamed _,
          ProjectEvent.StateMapped _,
          ProjectEvent.ViolationModeChosen _,
          ProjectEvent.ConflictPolicyChosen _ ->
          List.of();
    };
  }

  private static RowChange process(ProjectId project, Process process) {
    return PROJECT.row(project.toString()).set(PROCESS, process.word()).build();
  }
}

package io.countersign.command.project;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemRejection.RuleForbids;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which canonical states may follow which, per process. {@code any} holds in every process: it is
 * the way of work of the nine states, which an inherited process can add to any template. The other
 * rows are the workflow that Microsoft documents for the template, read through {@link
 * ProcessTemplates}; what the template merely permits is not in it.
 */
public final class Transitions {

  static final String TABLE =
      """
      any   | New        | Ready, Removed
      any   | Ready      | InProgress, Removed
      any   | InProgress | CodeReview, Blocked, Removed
      any   | CodeReview | Testing, Blocked
      any   | Testing    | Staging, Blocked
      any   | Staging    | Production, Blocked
      any   | Production | Done
      any   | Blocked    | Ready
      any   | Removed    | New
      basic | New        | InProgress, Done
      basic | InProgress | New, Testing, Done
      basic | Testing    | InProgress, Done
      basic | Done       | New, InProgress
      agile | New        | InProgress
      agile | InProgress | New, Testing, Done
      agile | Testing    | InProgress, Done, Removed
      agile | Done       | InProgress, Testing
      scrum | New        | InProgress
      scrum | Ready      | New
      scrum | InProgress | New, Ready, Testing, Done
      scrum | Testing    | InProgress, Done
      scrum | Done       | InProgress
      cmmi  | New        | InProgress
      cmmi  | InProgress | New, Testing
      cmmi  | Testing    | InProgress, Done
      cmmi  | Done       | InProgress, Testing
      """;

  private static final Map<Process, Map<WorkItemState, Set<WorkItemState>>> EDGES = read();

  private Transitions() {}

  /** What may follow a state. */
  public static Set<WorkItemState> from(Process process, WorkItemState from) {
    return Set.copyOf(edges(process, from));
  }

  /** The rule that a transition breaks, if any. Staying in a state breaks none. */
  public static Optional<RuleForbids> refusal(
      Process process, WorkItemState from, WorkItemState to) {
    Set<WorkItemState> allowed = edges(process, from);
    if (from == to || allowed.contains(to)) {
      return Optional.empty();
    }
    String next =
        allowed.isEmpty()
            ? "nothing follows"
            : allowed.stream().map(WorkItemState::word).collect(Collectors.joining(", "));
    return Optional.of(
        new RuleForbids(
            process.word() + ".transition",
            "in the %s process, %s is not followed by %s but by: %s"
                .formatted(process.word(), from.word(), to.word(), next)));
  }

  private static Set<WorkItemState> edges(Process process, WorkItemState from) {
    return EDGES.getOrDefault(process, Map.of()).getOrDefault(from, Set.of());
  }

  private static Map<Process, Map<WorkItemState, Set<WorkItemState>>> read() {
    Map<Process, Map<WorkItemState, Set<WorkItemState>>> edges = new EnumMap<>(Process.class);
    for (String[] row : Table.rows(TABLE)) {
      for (Process process : Table.processes(row[0])) {
        Set<WorkItemState> next =
            edges
                .computeIfAbsent(process, _ -> new EnumMap<>(WorkItemState.class))
                .computeIfAbsent(
                    WorkItemState.of(row[1]), _ -> EnumSet.noneOf(WorkItemState.class));
        Table.list(row[2]).forEach(word -> next.add(WorkItemState.of(word)));
      }
    }
    return edges;
  }
}

package io.countersign.command.project;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the states of Azure DevOps' process templates mean, until an operator says otherwise for a
 * project. {@code *} stands for types the template does not know, and for states that an inherited
 * process may add to any type.
 */
public final class ProcessTemplates {

  static final String TABLE =
      """
      basic | Epic, Issue, Task              | To Do=New, Doing=InProgress, Done=Done
      agile | Epic, Feature, User Story      | New=New, Active=InProgress, Resolved=Testing, Closed=Done
      agile | Bug                            | New=New, Active=InProgress, Resolved=Testing, Closed=Done
      agile | Task                           | New=New, Active=InProgress, Closed=Done
      agile | Issue                          | Active=InProgress, Closed=Done
      scrum | Product Backlog Item, Bug      | New=New, Approved=Ready, Committed=InProgress, Done=Done
      scrum | Epic, Feature                  | New=New, In Progress=InProgress, Done=Done
      scrum | Task                           | To Do=New, In Progress=InProgress, Done=Done
      scrum | Impediment                     | Open=InProgress, Closed=Done
      cmmi  | Epic, Feature, Requirement     | Proposed=New, Active=InProgress, Resolved=Testing, Closed=Done
      cmmi  | Task, Bug, Issue               | Proposed=New, Active=InProgress, Resolved=Testing, Closed=Done
      cmmi  | Change Request, Review, Risk   | Proposed=New, Active=InProgress, Resolved=Testing, Closed=Done
      any   | Test Case                      | Design=InProgress, Ready=Testing, Closed=Done
      any   | Test Plan                      | Active=Testing, Inactive=Done
      any   | Test Suite                     | In Planning=InProgress, In Progress=Testing, Completed=Done
      basic | *                              | To Do=New, Doing=InProgress, Done=Done
      agile | *                              | New=New, Active=InProgress, Resolved=Testing, Closed=Done
      scrum | *                              | New=New, Approved=Ready, Committed=InProgress, Done=Done
      cmmi  | *                              | Proposed=New, Active=InProgress, Resolved=Testing, Closed=Done
      """;

  /** States an inherited process may add to any type. */
  static final String ADDED =
      """
      New=New, Ready=Ready, Code Review=CodeReview, Testing=Testing, Staging=Staging, \
      Production=Production, Blocked=Blocked, Removed=Removed
      """;

  private static final String OTHER = "*";

  /** The process assumed where nothing tells. */
  public static final Process FALLBACK = Process.AGILE;

  private static final List<Process> GUESSES =
      List.of(Process.AGILE, Process.SCRUM, Process.CMMI, Process.BASIC);

  private static final Map<Process, Map<String, Map<String, WorkItemState>>> STATES = read();
  private static final Map<String, WorkItemState> ADDED_STATES = states(ADDED.strip());

  private ProcessTemplates() {}

  /** What a state means in a process for a work item type; empty when the template has it not. */
  public static Optional<WorkItemState> meaning(Process process, String type, String sourceState) {
    return Optional.ofNullable(meanings(process, type).get(sourceState));
  }

  /** All states of a work item type in a process, those an inherited process may add among them. */
  public static Map<String, WorkItemState> meanings(Process process, String type) {
    Map<String, Map<String, WorkItemState>> types = STATES.getOrDefault(process, Map.of());
    Map<String, WorkItemState> meanings = new HashMap<>(ADDED_STATES);
    meanings.putAll(types.getOrDefault(type, types.getOrDefault(OTHER, Map.of())));
    return meanings;
  }

  /**
   * The process that a work item of this type in these states most likely follows.
   *
   * @param type work item type
   * @param sourceStates states seen
   * @param preferred taken where several fit, and where none does
   */
  public static Process guess(
      String type, Collection<String> sourceStates, @Nullable Process preferred) {
    List<Process> likely =
        GUESSES.stream()
            .filter(process -> STATES.getOrDefault(process, Map.of()).containsKey(type))
            .toList();
    List<Process> fitting =
        (likely.isEmpty() ? GUESSES : likely)
            .stream()
                .filter(
                    process ->
                        sourceStates.stream()
                            .allMatch(state -> meaning(process, type, state).isPresent()))
                .toList();
    List<Process> candidates = fitting.isEmpty() ? likely : fitting;
    if (preferred != null && (candidates.isEmpty() || candidates.contains(preferred))) {
      return preferred;
    }
    return candidates.isEmpty() ? FALLBACK : candidates.getFirst();
  }

  private static Map<Process, Map<String, Map<String, WorkItemState>>> read() {
    Map<Process, Map<String, Map<String, WorkItemState>>> all = new EnumMap<>(Process.class);
    for (String[] row : Table.rows(TABLE)) {
      for (Process process : Table.processes(row[0])) {
        for (String type : Table.list(row[1])) {
          all.computeIfAbsent(process, _ -> new HashMap<>()).put(type, states(row[2]));
        }
      }
    }
    return all;
  }

  private static Map<String, WorkItemState> states(String cell) {
    Map<String, WorkItemState> states = new HashMap<>();
    for (String pair : Table.list(cell)) {
      String[] sides = pair.split("=");
      states.put(sides[0], WorkItemState.of(sides[1]));
    }
    return Map.copyOf(states);
  }
}

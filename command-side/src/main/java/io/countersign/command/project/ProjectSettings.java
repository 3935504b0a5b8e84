package io.countersign.command.project;

import io.countersign.kernel.project.ConflictPolicy;
import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.Process;
import io.countersign.kernel.project.ProjectEvent;
import io.countersign.kernel.project.ViolationMode;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known and was decided about a project.
 *
 * @param registered whether it was ever seen
 * @param name its name, where told
 * @param assumed the process assumed when it was registered
 * @param chosen the process an operator chose
 * @param mapped states mapped by an operator: canonical state by source state by work item type
 * @param gates what holds for transitions of its work items
 */
public record ProjectSettings(
    boolean registered,
    @Nullable String name,
    @Nullable Process assumed,
    @Nullable Process chosen,
    Map<String, Map<String, WorkItemState>> mapped,
    GateSettings gates) {

  /** Of a project never seen. */
  public static final ProjectSettings UNKNOWN =
      new ProjectSettings(false, null, null, null, Map.of(), GateSettings.NONE);

  /** These settings after an event. */
  public ProjectSettings evolve(ProjectEvent event) {
    return switch (event) {
      case ProjectEvent.Registered(_, String told, Process process) ->
          new ProjectSettings(true, told, process, chosen, mapped, gates);
      case ProjectEvent.Renamed(_, String told) ->
          new ProjectSettings(registered, told, assumed, chosen, mapped, gates);
      case ProjectEvent.ProcessChosen(_, Process process) ->
          new ProjectSettings(registered, name, assumed, process, mapped, gates);
      case ProjectEvent.StateMapped(_, String type, String sourceState, WorkItemState state) ->
          new ProjectSettings(
              registered, name, assumed, chosen, with(type, sourceState, state), gates);
      case ProjectEvent.PolicyAttached attached -> with(gates.attached(attached));
      case ProjectEvent.ViolationModeChosen(_, ViolationMode mode) -> with(gates.with(mode));
      case ProjectEvent.ConflictPolicyChosen(_, ConflictPolicy policy) -> with(gates.with(policy));
    };
  }

  /** What an operator said a state means; nothing when none did. */
  public @Nullable WorkItemState mappedState(String type, String sourceState) {
    return mapped.getOrDefault(type, Map.of()).get(sourceState);
  }

  /**
   * How to read the states of a work item of this type.
   *
   * @param sourceStates states it is known to have: where no process was chosen they tell it
   */
  public Reading reading(String type, Collection<String> sourceStates) {
    Process process =
        chosen == null
            ? ProcessTemplates.guess(
                type,
                sourceStates.stream().filter(state -> mappedState(type, state) == null).toList(),
                assumed)
            : chosen;
    Map<String, WorkItemState> meanings = ProcessTemplates.meanings(process, type);
    meanings.putAll(mapped.getOrDefault(type, Map.of()));
    return new Reading(process, meanings, gates);
  }

  private ProjectSettings with(GateSettings now) {
    return new ProjectSettings(registered, name, assumed, chosen, mapped, now);
  }

  private Map<String, Map<String, WorkItemState>> with(
      String type, String sourceState, WorkItemState state) {
    Map<String, Map<String, WorkItemState>> all = new HashMap<>(mapped);
    Map<String, WorkItemState> ofType = new HashMap<>(mapped.getOrDefault(type, Map.of()));
    ofType.put(sourceState, state);
    all.put(type, Map.copyOf(ofType));
    return Map.copyOf(all);
  }
}

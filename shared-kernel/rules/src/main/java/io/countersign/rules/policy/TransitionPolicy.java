package io.countersign.rules.policy;

import io.countersign.kernel.project.Process;
import io.countersign.kernel.workitem.WorkItemState;
import io.countersign.rules.yaml.FaultyFileException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transitions work items may make and what each needs: data, so that it can be read,
 * compared, tried on history and named by its hash in every decision.
 *
 * @param stamp which policy this is
 * @param process the process it is for
 * @param title a line
 * @param description more
 * @param parameters what its conditions see as {@code params}
 * @param states the states it knows
 * @param transitions in the order of the file: the first that fits an item counts
 * @param hierarchy how work items hang together
 * @param overrides how a blocked transition may pass; null: not at all
 */
public record TransitionPolicy(
    PolicyStamp stamp,
    Process process,
    String title,
    String description,
    Map<String, Object> parameters,
    Set<WorkItemState> states,
    List<TransitionRule> transitions,
    Hierarchy hierarchy,
    @Nullable OverrideTerms overrides) {

  /**
   * Reads a policy, compiles its conditions and runs its examples.
   *
   * @param file its name, for errors
   * @throws FaultyFileException with everything that is wrong
   */
  public static TransitionPolicy read(String file, byte[] bytes) {
    return PolicyReader.read(file, bytes);
  }

  /** What may follow a state, whatever it needs. */
  public Set<WorkItemState> following(WorkItemState from) {
    Set<WorkItemState> following = EnumSet.noneOf(WorkItemState.class);
    transitions.stream()
        .filter(t -> t.from().contains(from))
        .forEach(t -> following.addAll(t.to()));
    following.remove(from);
    return Collections.unmodifiableSet(following);
  }

  /** The transitions between two states, in the order they are tried. */
  public List<TransitionRule> between(WorkItemState from, WorkItemState to) {
    return transitions.stream().filter(transition -> transition.leads(from, to)).toList();
  }

  /** The transition of an id. */
  public Optional<TransitionRule> transition(String id) {
    return transitions.stream().filter(transition -> transition.id().equals(id)).findFirst();
  }

  /** Whether an item may go from one state to another now, and what is missing. */
  public Decision decide(WorkItemState from, WorkItemState to, TransitionFacts facts) {
    return new Judgement(this, facts).of(from, to);
  }
}

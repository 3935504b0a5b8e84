package io.countersign.command.sync;

import io.countersign.command.azuredevops.client.ProjectCalls.ItemState;
import io.countersign.command.project.ProjectSettings;
import io.countersign.kernel.workitem.Reading;
import io.countersign.kernel.workitem.WorkItemState;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which state of the source stands for one of ours, for a type of work items. What an operator said
 * goes before what the process says, and that before the categories of states nobody mapped.
 */
final class StateNames {

  private final String type;
  private final ProjectSettings settings;
  private final Reading reading;
  private final List<String> names;
  private final List<ItemState> states;

  StateNames(String type, ProjectSettings settings, Reading reading, List<ItemState> states) {
    this.type = type;
    this.settings = settings;
    this.reading = reading;
    this.states = List.copyOf(states);
    this.names = states.stream().map(ItemState::name).toList();
  }

  /** What is to be written. */
  sealed interface Choice {

    /** This one. */
    record Name(String state) implements Choice {}

    /** None, or nobody can tell which. */
    record None(String code, String words) implements Choice {}
  }

  Choice of(WorkItemState wanted) {
    List<String> found = names(name -> settings.mappedState(type, name) == wanted);
    if (found.isEmpty()) {
      found = byProcess(wanted);
    }
    if (found.isEmpty()) {
      found =
          states.stream()
              .filter(state -> reading.of(state.name()) == null)
              .filter(state -> ofCategory(state.category()) == wanted)
              .map(ItemState::name)
              .toList();
    }
    if (found.size() == 1) {
      return new Choice.Name(found.getFirst());
    }
    return found.isEmpty()
        ? new Choice.None(
            "no-state",
            "no state of the type %s stands for %s; it has %s: map one of them for the project"
                .formatted(type, wanted.word(), quoted(Set.copyOf(names))))
        : new Choice.None(
            "state-ambiguous",
            "several states of the type %s stand for %s (%s): map the others to something else"
                .formatted(type, wanted.word(), quoted(Set.copyOf(found))));
  }

  /** A state that has our name goes before those the process reads the same way. */
  private List<String> byProcess(WorkItemState wanted) {
    List<String> meant = names(name -> reading.of(name) == wanted);
    List<String> named =
        meant.stream().filter(name -> name.replace(" ", "").equals(wanted.word())).toList();
    return named.isEmpty() ? meant : named;
  }

  private List<String> names(Predicate<String> which) {
    return names.stream().filter(which).toList();
  }

  private static String quoted(Set<String> names) {
    return names.stream().sorted().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }

  /** What a state that nobody mapped most likely means. */
  static @Nullable WorkItemState ofCategory(String category) {
    return switch (category) {
      case "Proposed" -> WorkItemState.NEW;
      case "InProgress" -> WorkItemState.IN_PROGRESS;
      case "Resolved" -> WorkItemState.TESTING;
      case "Completed" -> WorkItemState.DONE;
      case "Removed" -> WorkItemState.REMOVED;
      default -> null;
    };
  }
}

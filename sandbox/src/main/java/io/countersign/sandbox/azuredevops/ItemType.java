package io.countersign.sandbox.azuredevops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A work item type of a process.
 *
 * @param name for example {@code User Story}
 * @param states in the order of the process; the first is where items begin
 */
record ItemType(String name, List<ItemState> states) {

  /**
   * A type from its states in one line.
   *
   * @param states for example {@code "To Do P, Doing I, Done C"}
   */
  static ItemType of(String name, String states) {
    List<ItemState> all = new ArrayList<>();
    for (String state : states.split(", ")) {
      int end = state.length() - 2;
      all.add(ItemState.of(state.substring(0, end), state.charAt(end + 1)));
    }
    return new ItemType(name, List.copyOf(all));
  }

  Optional<ItemState> state(String called) {
    return states.stream().filter(state -> state.name().equalsIgnoreCase(called)).findFirst();
  }

  ItemState first() {
    return states.getFirst();
  }

  String referenceName() {
    return "Microsoft.VSTS.WorkItemTypes." + name.replace(" ", "");
  }
}

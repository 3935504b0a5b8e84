package io.countersign.sandbox.azuredevops;

/**
 * A state of a work item type.
 *
 * @param name for example {@code Active}
 * @param color six hexadecimal digits
 * @param category Proposed, InProgress, Resolved, Completed or Removed
 */
record ItemState(String name, String color, String category) {

  static final String PROPOSED = "Proposed";
  static final String IN_PROGRESS = "InProgress";
  static final String RESOLVED = "Resolved";
  static final String COMPLETED = "Completed";
  static final String REMOVED = "Removed";

  /** A state by its name and the first letter of its category; X is Removed. */
  static ItemState of(String name, char category) {
    return switch (category) {
      case 'P' -> new ItemState(name, "b2b2b2", PROPOSED);
      case 'I' -> new ItemState(name, "007acc", IN_PROGRESS);
      case 'R' -> new ItemState(name, "ff9d00", RESOLVED);
      case 'C' -> new ItemState(name, "339933", COMPLETED);
      case 'X' -> new ItemState(name, "ffffff", REMOVED);
      default -> throw new IllegalArgumentException("no category " + category);
    };
  }
}

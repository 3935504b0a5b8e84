package io.countersign.sandbox.azuredevops;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A process: which types of work items there are and which states they have.
 *
 * @param id as projects name it when they are created
 * @param description a sentence
 * @param parent of an inherited process
 */
record ProcessTemplate(
    UUID id, String name, String description, @Nullable UUID parent, List<ItemType> types) {

  private static final UUID AGILE_ID = UUID.fromString("adcc42ab-9882-485e-a3ed-7678f01f66bc");
  private static final UUID CMMI_ID = UUID.fromString("27450541-8e31-4150-9947-dc59f998fc01");
  private static final String TEST_CASE = "Design P, Ready I, Closed C";

  /** The nine states of Countersign's documents under names that a process can have. */
  private static final String NINE =
      "Ready P, Active I, Code Review I, Testing I, Blocked I, Staging R, Production R, Closed C";

  private static final ProcessTemplate BASIC =
      system(
          "b8a3a935-7e91-48b8-a94c-606d37c3e9f2",
          "Basic",
          "This template is flexible for any process and great for teams getting started with Azure"
              + " DevOps.",
          ItemType.of("Epic", "To Do P, Doing I, Done C"),
          ItemType.of("Issue", "To Do P, Doing I, Done C"),
          ItemType.of("Task", "To Do P, Doing I, Done C"),
          ItemType.of("Test Case", TEST_CASE));

  private static final ProcessTemplate AGILE =
      system(
          AGILE_ID.toString(),
          "Agile",
          "This template is flexible and will work great for most teams using Agile planning"
              + " methods, including those practicing Scrum.",
          ItemType.of("Epic", "New P, Active I, Resolved R, Closed C, Removed X"),
          ItemType.of("Feature", "New P, Active I, Resolved R, Closed C, Removed X"),
          ItemType.of("User Story", "New P, Active I, Resolved R, Closed C, Removed X"),
          ItemType.of("Bug", "New P, Active I, Resolved R, Closed C"),
          ItemType.of("Task", "New P, Active I, Closed C, Removed X"),
          ItemType.of("Issue", "Active I, Closed C"),
          ItemType.of("Test Case", TEST_CASE));

  private static final ProcessTemplate SCRUM =
      system(
          "6b724908-ef14-45cf-84f8-768b5384da45",
          "Scrum",
          "This template is for teams who follow the Scrum framework.",
          ItemType.of("Epic", "New P, In Progress I, Done C, Removed X"),
          ItemType.of("Feature", "New P, In Progress I, Done C, Removed X"),
          ItemType.of("Product Backlog Item", "New P, Approved P, Committed I, Done C, Removed X"),
          ItemType.of("Bug", "New P, Approved P, Committed I, Done C, Removed X"),
          ItemType.of("Task", "To Do P, In Progress I, Done C, Removed X"),
          ItemType.of("Impediment", "Open P, Closed C"),
          ItemType.of("Test Case", TEST_CASE));

  private static final ProcessTemplate CMMI =
      system(
          CMMI_ID.toString(),
          "CMMI",
          "This template is for more formal projects requiring a framework for process improvement"
              + " and an auditable record of decisions.",
          ItemType.of("Epic", "Proposed P, Active I, Resolved I, Closed C"),
          ItemType.of("Feature", "Proposed P, Active I, Resolved I, Closed C"),
          ItemType.of("Requirement", "Proposed P, Active I, Resolved I, Closed C"),
          ItemType.of("Task", "Proposed P, Active I, Resolved I, Closed C"),
          ItemType.of("Bug", "Proposed P, Active I, Resolved R, Closed C"),
          ItemType.of("Issue", "Proposed P, Active I, Resolved R, Closed C"),
          ItemType.of("Change Request", "Proposed P, Active I, Resolved R, Closed C"),
          ItemType.of("Review", "Active I, Resolved R, Closed C"),
          ItemType.of("Risk", "Proposed P, Active I, Closed C"),
          ItemType.of("Test Case", TEST_CASE));

  private static final ProcessTemplate COUNTERSIGN_CMMI =
      new ProcessTemplate(
          UUID.fromString("5f0c1a52-0a61-4f5b-9a6e-6c1f2f0e4d01"),
          "Countersign CMMI",
          "CMMI with the states of the delivery process.",
          CMMI_ID,
          List.of(
              ItemType.of("Epic", "New P, " + NINE),
              ItemType.of("Feature", "New P, " + NINE),
              ItemType.of("Requirement", "New P, " + NINE),
              ItemType.of("Task", "New P, " + NINE),
              ItemType.of("Bug", "New P, " + NINE),
              ItemType.of("Change Request", "New P, " + NINE),
              ItemType.of("Test Case", TEST_CASE)));

  private static final ProcessTemplate COUNTERSIGN_AGILE =
      new ProcessTemplate(
          UUID.fromString("5f0c1a52-0a61-4f5b-9a6e-6c1f2f0e4d02"),
          "Countersign Agile",
          "Agile with the states of the delivery process.",
          AGILE_ID,
          List.of(
              ItemType.of("Epic", "New P, " + NINE + ", Removed X"),
              ItemType.of("Feature", "New P, " + NINE + ", Removed X"),
              ItemType.of("User Story", "New P, " + NINE + ", Removed X"),
              ItemType.of("Bug", "New P, " + NINE),
              ItemType.of("Task", "New P, " + NINE + ", Removed X"),
              ItemType.of("Test Case", TEST_CASE)));

  /** What the organization has. */
  static final List<ProcessTemplate> ALL =
      List.of(SCRUM, BASIC, AGILE, CMMI, COUNTERSIGN_CMMI, COUNTERSIGN_AGILE);

  private static ProcessTemplate system(
      String id, String name, String description, ItemType... types) {
    return new ProcessTemplate(UUID.fromString(id), name, description, null, List.of(types));
  }

  /** A process by its id or its name, in any case. */
  static Optional<ProcessTemplate> find(String idOrName) {
    String wanted = idOrName.toLowerCase(Locale.ROOT);
    return ALL.stream()
        .filter(
            process ->
                process.id().toString().equals(wanted)
                    || process.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  Optional<ItemType> type(String called) {
    return types.stream().filter(type -> type.name().equalsIgnoreCase(called)).findFirst();
  }

  /** Processes are created for projects from this one when none is asked for. */
  boolean isDefault() {
    return this == BASIC;
  }
}

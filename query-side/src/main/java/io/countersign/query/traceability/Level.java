package io.countersign.query.traceability;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where a work item type stands in the breakdown Epic, Feature, Requirement, Task, Test Case. The
 * types are those of Azure DevOps' process templates; what a template calls User Story, Product
 * Backlog Item, Requirement or (Basic) Issue is a requirement.
 */
enum Level {
  EPIC,
  FEATURE,
  REQUIREMENT,
  TASK,
  TEST,
  /** Hangs below a feature or a requirement, or stands alone. */
  DEFECT;

  /** Process, types, level. */
  static final String TABLE =
      """
      basic | Epic                 | epic
      basic | Issue                | requirement
      agile | Epic                 | epic
      agile | Feature              | feature
      agile | User Story           | requirement
      scrum | Epic                 | epic
      scrum | Feature              | feature
      scrum | Product Backlog Item | requirement
      cmmi  | Epic                 | epic
      cmmi  | Feature              | feature
      cmmi  | Requirement          | requirement
      any   | Task                 | task
      any   | Test Case            | test
      any   | Bug                  | defect
      """;

  /** Child level, level its parent has; Basic has no features. */
  static final String PARENTS =
      """
      any   | feature     | epic
      agile | requirement | feature
      scrum | requirement | feature
      cmmi  | requirement | feature
      basic | requirement | epic
      any   | task        | requirement
      any   | task        | defect
      any   | test        | task
      any   | test        | requirement
      any   | defect      | requirement
      any   | defect      | feature
      basic | defect      | epic
      """;

  /** Levels that have to have a parent; tests may be linked instead, defects may stand alone. */
  static final List<Level> NEED_PARENT = List.of(FEATURE, REQUIREMENT, TASK);

  /** The word in the API: lower case. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A table as rows of a {@code values} list; its cells are our own words. */
  static String values(String table) {
    return table
        .lines()
        .map(
            line ->
                Arrays.stream(line.split("\\|"))
                    .map(cell -> "'" + cell.strip() + "'")
                    .collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining(", "));
  }
}

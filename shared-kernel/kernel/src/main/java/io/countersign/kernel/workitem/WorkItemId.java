package io.countersign.kernel.workitem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.project.OrganizationId;

/**
 * A work item: {@code workitem:<organization>:<number>}.
 *
 * @param organization where it lives
 * @param number its number in Azure DevOps, from 1
 */
public record WorkItemId(OrganizationId organization, int number) {

  /** Checks the number. */
  public WorkItemId {
    if (number < 1) {
      throw new IllegalArgumentException("a work item's number starts at 1");
    }
  }

  /**
   * Parses {@code workitem:<organization>:<number>}.
   *
   * @throws IllegalArgumentException when it is none
   */
  @JsonCreator
  public static WorkItemId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || !parts[0].equals("workitem") || !parts[2].matches("[1-9][0-9]{0,9}")) {
      throw new IllegalArgumentException(
          "not a work item id: workitem:<organization>:<number> expected");
    }
    try {
      return new WorkItemId(new OrganizationId(parts[1]), Integer.parseInt(parts[2]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a work item id: the number is too large", e);
    }
  }

  /** Who owns the keys of its free text. */
  public KeyOwner keyOwner() {
    return new KeyOwner(toString());
  }

  /** The persisted form and aggregate id. */
  @JsonValue
  @Override
  public String toString() {
    return "workitem:" + organization + ":" + number;
  }
}

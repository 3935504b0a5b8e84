package io.countersign.kernel.workitem;

import io.countersign.kernel.project.GateSettings;
import io.countersign.kernel.project.Process;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the states of a work item's type are read: by which process, and what each state means. A
 * state without an entry is not mapped.
 *
 * @param process the process chosen by an operator or guessed
 * @param meanings canonical state by the source's state
 * @param gates what transitions are judged by
 */
public record Reading(Process process, Map<String, WorkItemState> meanings, GateSettings gates) {

  /** Of a project nobody attached a policy to. */
  public Reading(Process process, Map<String, WorkItemState> meanings) {
    this(process, meanings, GateSettings.NONE);
  }

  /** Copies the meanings. */
  public Reading {
    meanings = Map.copyOf(meanings);
  }

  /** What a state means; nothing when it is not mapped. */
  public @Nullable WorkItemState of(String sourceState) {
    return meanings.get(sourceState);
  }
}

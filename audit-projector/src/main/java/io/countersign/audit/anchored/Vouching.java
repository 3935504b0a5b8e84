package io.countersign.audit.anchored;

import io.countersign.audit.verify.Problem;
import java.util.List;

/**
 * What came of it.
 *
 * @param problems what is not as it claims, or not enough
 * @param facts what was verified, one sentence each
 * @param notChecked what was left open, one sentence each
 */
public record Vouching(List<Problem> problems, List<String> facts, List<String> notChecked) {

  /** Copies the lists. */
  public Vouching {
    problems = List.copyOf(problems);
    facts = List.copyOf(facts);
    notChecked = List.copyOf(notChecked);
  }
}

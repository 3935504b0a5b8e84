package io.countersign.kernel.access;

import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.privacy.SubjectId;

/**
 * Says which person stands behind a principal. Saying the same again changes nothing.
 *
 * @param principal its name
 * @param person the person
 */
public record LinkPrincipal(String principal, SubjectId person) implements AggregateCommand {

  /** The aggregate of a principal: {@code principal:<name>}. */
  public static String aggregateId(String principal) {
    return "principal:" + principal;
  }

  @Override
  public String aggregateId() {
    return aggregateId(principal);
  }
}

package io.countersign.kernel.policy;

import io.countersign.kernel.AggregateCommand;

/**
 * Publishes a version. Nothing happens when the same text was published before; a version is never
 * given to another text.
 *
 * @param reference the version
 * @param yaml its text
 */
public record PublishPolicy(PolicyReference reference, String yaml) implements AggregateCommand {

  /** The aggregate of a policy: {@code policy:<id>}. */
  public static String aggregateId(String policy) {
    return "policy:" + policy;
  }

  @Override
  public String aggregateId() {
    return aggregateId(reference.id());
  }
}

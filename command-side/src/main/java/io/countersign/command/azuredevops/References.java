package io.countersign.command.azuredevops;

import io.countersign.kernel.privacy.KeyOwner;

/** Makes references that tell equal from different and nothing else. */
@FunctionalInterface
public interface References {

  /** The same for the same text of one owner; worthless once the owner's keys are destroyed. */
  String of(KeyOwner owner, String text);
}

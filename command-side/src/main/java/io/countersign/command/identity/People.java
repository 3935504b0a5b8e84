package io.countersign.command.identity;

import io.countersign.kernel.privacy.Person;

/** Who the identities of a notification are. */
@FunctionalInterface
public interface People {

  /** The person; without a name when none is told or when the person was erased. */
  Person person(SourceIdentity identity);
}

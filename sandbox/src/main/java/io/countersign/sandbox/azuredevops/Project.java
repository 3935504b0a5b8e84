package io.countersign.sandbox.azuredevops;

import java.time.Instant;
import java.util.UUID;

/**
 * A project of the organization.
 *
 * @param readableFrom before, it is being created and nobody finds it
 */
record Project(
    UUID id,
    String name,
    String description,
    String visibility,
    ProcessTemplate process,
    Instant createdAt,
    Instant readableFrom) {

  /** The type of that name in the project's process. */
  ItemType type(String called) {
    return process.type(called).orElseThrow(() -> ApiError.noType(name, called));
  }
}

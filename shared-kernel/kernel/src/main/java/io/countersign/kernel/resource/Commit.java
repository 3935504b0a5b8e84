package io.countersign.kernel.resource;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SealedText;
import org.jspecify.annotations.Nullable;

/**
 * A commit as a push shows it. Author and committer are what git says, which anybody can set.
 *
 * @param id hash
 * @param author who wrote it
 * @param committer who committed it
 * @param comment the message
 */
public record Commit(
    String id, @Nullable Person author, @Nullable Person committer, @Nullable SealedText comment) {}

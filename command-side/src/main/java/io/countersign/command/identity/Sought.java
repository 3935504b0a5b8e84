package io.countersign.command.identity;

import io.countersign.kernel.privacy.SubjectId;
import java.util.Set;

/**
 * A subject somebody looked for.
 *
 * @param subject random id
 * @param forgotten erased before
 * @param by kinds of aliases it was found by, for example {@code unique-name}
 */
public record Sought(SubjectId subject, boolean forgotten, Set<String> by) {}

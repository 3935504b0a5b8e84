package io.countersign.kernel.resource;

import org.jspecify.annotations.Nullable;

/**
 * What a release deploys.
 *
 * @param type for example {@code Build}
 * @param alias its name in the release
 * @param definition the definition it comes from
 * @param version the build or commit
 * @param branch the branch it was built from
 */
public record Artifact(
    String type,
    @Nullable String alias,
    @Nullable Named definition,
    @Nullable Named version,
    @Nullable String branch) {}

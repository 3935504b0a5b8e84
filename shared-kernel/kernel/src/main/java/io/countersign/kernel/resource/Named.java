package io.countersign.kernel.resource;

import org.jspecify.annotations.Nullable;

/**
 * A thing of the source by id and name: repository, definition, pipeline, environment.
 *
 * @param id its id in the source
 * @param name its name, where told
 */
public record Named(String id, @Nullable String name) {}

package io.countersign.kernel.resource;

/**
 * A branch or tag moved by a push.
 *
 * @param name full name, for example {@code refs/heads/main}
 * @param before commit before, 40 zeros when it was made
 * @param after commit after, 40 zeros when it was removed
 */
public record RefUpdate(String name, String before, String after) {}

package io.countersign.kernel.privacy;

import org.jspecify.annotations.Nullable;

/**
 * A person in an event: the random id and, where the source told one, the display name sealed under
 * the person's own key.
 *
 * @param id the subject
 * @param name the display name, sealed
 */
public record Person(SubjectId id, @Nullable SealedText name) {}

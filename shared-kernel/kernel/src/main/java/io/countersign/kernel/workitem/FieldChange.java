package io.countersign.kernel.workitem;

import org.jspecify.annotations.Nullable;

/**
 * One field of an update.
 *
 * @param field reference name, for example {@code System.AreaPath}
 * @param before the old value; absent when the field was empty
 * @param after the new value; absent when the field was cleared
 */
public record FieldChange(String field, @Nullable FieldValue before, @Nullable FieldValue after) {}

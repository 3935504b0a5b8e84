package io.countersign.audit.bundle;

import io.countersign.auditlog.note.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle is about.
 *
 * @param aggregate all sealed entries of this aggregate; null for a range
 * @param from first index of the range
 * @param to index after its last
 * @param older a checkpoint of this log from which the newest one must have grown; null for none
 */
public record BundleRequest(
    @Nullable String aggregate, long from, long to, @Nullable SignedNote older) {}

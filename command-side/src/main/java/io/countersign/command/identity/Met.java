package io.countersign.command.identity;

import io.countersign.kernel.privacy.SubjectId;

/**
 * Who somebody is.
 *
 * @param subject random id
 * @param forgotten erased before: what is told of the name is not kept
 */
public record Met(SubjectId subject, boolean forgotten) {}

/**
 * Entries for events that are stored elsewhere, in no dense order: each is given its place in the
 * log once, when nothing can come before it any more.
 */
@NullMarked
package io.countersign.audit.sequence;

import org.jspecify.annotations.NullMarked;

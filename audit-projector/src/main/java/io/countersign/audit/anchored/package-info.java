/**
 * Holds what others vouched for against a log: time-stamps and cosigned checkpoints, in a published
 * folder or in a bundle of evidence. Asks nobody.
 */
@NullMarked
package io.countersign.audit.anchored;

import org.jspecify.annotations.NullMarked;

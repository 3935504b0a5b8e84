/**
 * Which requirement leads to which task, test, commit, build and deployment, and where it does not.
 */
@NullMarked
package io.countersign.query.traceability;

import org.jspecify.annotations.NullMarked;

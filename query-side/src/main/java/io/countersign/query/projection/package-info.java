/** Projections as data changes, and the processors that apply them. */
@NullMarked
package io.countersign.query.projection;

import org.jspecify.annotations.NullMarked;

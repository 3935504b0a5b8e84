/** Projects as queries see them. */
@NullMarked
package io.countersign.query.project;

import org.jspecify.annotations.NullMarked;

/** Everything that goes wrong, as RFC 9457. */
@NullMarked
package io.countersign.app.problem;

import org.jspecify.annotations.NullMarked;

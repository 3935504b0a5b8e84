/** People and text that must be erasable. */
@NullMarked
package io.countersign.kernel.privacy;

import org.jspecify.annotations.NullMarked;

/** People and text that must be erasable, and how they are erased. */
@NullMarked
package io.countersign.kernel.privacy;

import org.jspecify.annotations.NullMarked;

/** What every projection has to hold. */
@NullMarked
package io.countersign.testkit.projection;

import org.jspecify.annotations.NullMarked;

/** The executable and its roles. */
@NullMarked
package io.countersign.app;

import org.jspecify.annotations.NullMarked;

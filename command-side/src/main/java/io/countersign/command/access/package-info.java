/** Which person stands behind a principal. */
@NullMarked
package io.countersign.command.access;

import org.jspecify.annotations.NullMarked;

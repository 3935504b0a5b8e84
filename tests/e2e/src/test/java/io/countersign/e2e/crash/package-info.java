/** The program and its database are killed, stopped and frozen under load. */
@NullMarked
package io.countersign.e2e.crash;

import org.jspecify.annotations.NullMarked;

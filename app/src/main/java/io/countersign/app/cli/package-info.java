/** The command line. */
@NullMarked
package io.countersign.app.cli;

import org.jspecify.annotations.NullMarked;

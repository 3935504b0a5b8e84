/**
 * What the source told about code, builds and other work items, kept where decisions about gates
 * find it.
 */
@NullMarked
package io.countersign.command.evidence;

import org.jspecify.annotations.NullMarked;

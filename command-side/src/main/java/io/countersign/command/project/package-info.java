/** Projects: their process and what the states of the source mean in them. */
@NullMarked
package io.countersign.command.project;

import org.jspecify.annotations.NullMarked;

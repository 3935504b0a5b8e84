/** What the aggregates of the command side share, and their wiring. */
@NullMarked
package io.countersign.command.domain;

import org.jspecify.annotations.NullMarked;

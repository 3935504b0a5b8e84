/** Who people are: aliases to random subject ids. */
@NullMarked
package io.countersign.command.identity;

import org.jspecify.annotations.NullMarked;

/** What the features of the command side share. */
@NullMarked
package io.countersign.command.domain;

import org.jspecify.annotations.NullMarked;

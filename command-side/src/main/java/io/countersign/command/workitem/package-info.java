/** Work items: what a fact about one means, and which transitions are granted. */
@NullMarked
package io.countersign.command.workitem;

import org.jspecify.annotations.NullMarked;

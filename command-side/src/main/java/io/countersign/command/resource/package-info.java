/** Facts about things that are no work items. */
@NullMarked
package io.countersign.command.resource;

import org.jspecify.annotations.NullMarked;

/** Work items: ids, states, events. */
@NullMarked
package io.countersign.kernel.workitem;

import org.jspecify.annotations.NullMarked;

/** Work items as queries see them. */
@NullMarked
package io.countersign.query.workitem;

import org.jspecify.annotations.NullMarked;

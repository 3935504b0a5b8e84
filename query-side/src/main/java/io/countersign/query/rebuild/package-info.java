/** New generations of a projection: loaded in bulk beside the live one, switched to, dropped. */
@NullMarked
package io.countersign.query.rebuild;

import org.jspecify.annotations.NullMarked;

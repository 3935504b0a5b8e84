/** The log's streams: one for each aggregate, with its first and last entry. */
@NullMarked
package io.countersign.query.stream;

import org.jspecify.annotations.NullMarked;

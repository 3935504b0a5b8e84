/** Small parts on their own: entry bytes, hashes, serializer, translator. */
@NullMarked
package io.countersign.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;

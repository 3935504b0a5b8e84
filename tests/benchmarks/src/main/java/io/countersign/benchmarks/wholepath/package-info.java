/** Loads the packaged program over HTTP and measures the whole path of a webhook. */
@NullMarked
package io.countersign.benchmarks.wholepath;

import org.jspecify.annotations.NullMarked;

/** One real PostgreSQL server for all tests of a JVM. */
@NullMarked
package io.countersign.testkit.postgres;

import org.jspecify.annotations.NullMarked;

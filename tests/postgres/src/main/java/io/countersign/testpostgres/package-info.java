/** One real PostgreSQL server for all tests of a JVM. */
@NullMarked
package io.countersign.testpostgres;

import org.jspecify.annotations.NullMarked;

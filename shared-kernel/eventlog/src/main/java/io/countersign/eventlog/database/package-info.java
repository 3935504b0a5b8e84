/** Addresses of databases, owners of schemas. */
@NullMarked
package io.countersign.eventlog.database;

import org.jspecify.annotations.NullMarked;

/** The database: embedded or configured, its pools and the schemas in it. */
@NullMarked
package io.countersign.app.database;

import org.jspecify.annotations.NullMarked;

/** Keys per subject and purpose, wrapped by a master key outside the database. */
@NullMarked
package io.countersign.eventlog.encryption;

import org.jspecify.annotations.NullMarked;

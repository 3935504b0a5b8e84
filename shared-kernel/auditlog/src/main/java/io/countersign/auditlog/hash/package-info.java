/** The one hash function of the log. */
@NullMarked
package io.countersign.auditlog.hash;

import org.jspecify.annotations.NullMarked;

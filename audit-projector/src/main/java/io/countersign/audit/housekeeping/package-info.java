/** Entries the audit log writes about itself. */
@NullMarked
package io.countersign.audit.housekeeping;

import org.jspecify.annotations.NullMarked;

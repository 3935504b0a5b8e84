/**
 * Evidence for somebody who has nothing but a key: some entries with what they vouch for, and all
 * that shows that they are in the log, that it only grew, and that these are all of them.
 */
@NullMarked
package io.countersign.audit.bundle;

import org.jspecify.annotations.NullMarked;

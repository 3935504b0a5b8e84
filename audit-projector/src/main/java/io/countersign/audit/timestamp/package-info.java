/** Time-stamps of RFC 3161: asking an authority for one, and verifying one offline. No Spring. */
@NullMarked
package io.countersign.audit.timestamp;

import org.jspecify.annotations.NullMarked;

/** Events as stored bytes: logical names, sealed text, compact JSON that never changes shape. */
@NullMarked
package io.countersign.eventlog.serialization;

import org.jspecify.annotations.NullMarked;

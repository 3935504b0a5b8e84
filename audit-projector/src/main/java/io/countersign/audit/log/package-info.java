/** The log over HTTP. */
@NullMarked
package io.countersign.audit.log;

import org.jspecify.annotations.NullMarked;

/** The stored log over HTTP: its head and its entries, as they lie on disk. */
@NullMarked
package io.countersign.audit.log;

import org.jspecify.annotations.NullMarked;

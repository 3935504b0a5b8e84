/** The data directory: its lock and the secrets in it. */
@NullMarked
package io.countersign.app.data;

import org.jspecify.annotations.NullMarked;

/** The key that signs checkpoints. */
@NullMarked
package io.countersign.audit.key;

import org.jspecify.annotations.NullMarked;

/** Follows the log, checks it, and seals it: tree, tiles, and a signed checkpoint. */
@NullMarked
package io.countersign.audit.seal;

import org.jspecify.annotations.NullMarked;

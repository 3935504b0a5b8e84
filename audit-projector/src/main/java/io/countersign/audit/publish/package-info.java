/** The log as files that anybody may copy: tiles, bundles of entries and the checkpoint. */
@NullMarked
package io.countersign.audit.publish;

import org.jspecify.annotations.NullMarked;

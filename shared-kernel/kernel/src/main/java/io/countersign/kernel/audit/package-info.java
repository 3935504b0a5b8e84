/** What the audit log records about itself: its keys, anchors and head maps. */
@NullMarked
package io.countersign.kernel.audit;

import org.jspecify.annotations.NullMarked;

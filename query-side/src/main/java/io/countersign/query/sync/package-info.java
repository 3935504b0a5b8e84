/** What we asked the source for and what came of it, and where both sides moved a work item. */
@NullMarked
package io.countersign.query.sync;

import org.jspecify.annotations.NullMarked;

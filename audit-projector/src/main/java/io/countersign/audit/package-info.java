/** The log as evidence. */
@NullMarked
package io.countersign.audit;

import org.jspecify.annotations.NullMarked;

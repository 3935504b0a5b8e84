/** How far each processor is. */
@NullMarked
package io.countersign.query.processor;

import org.jspecify.annotations.NullMarked;

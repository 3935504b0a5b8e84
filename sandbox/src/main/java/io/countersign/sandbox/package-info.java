/**
 * An Azure DevOps that behaves like the real one towards a receiver of service hooks. Speaks HTTP
 * only and knows nothing of Countersign's insides.
 */
@NullMarked
package io.countersign.sandbox;

import org.jspecify.annotations.NullMarked;

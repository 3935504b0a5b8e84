/** An Azure DevOps that behaves like the real one. */
@NullMarked
package io.countersign.sandbox;

import org.jspecify.annotations.NullMarked;

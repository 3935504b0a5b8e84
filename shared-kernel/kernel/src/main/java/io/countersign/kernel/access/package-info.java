/** Who may do what: roles, permissions, principals. */
@NullMarked
package io.countersign.kernel.access;

import org.jspecify.annotations.NullMarked;

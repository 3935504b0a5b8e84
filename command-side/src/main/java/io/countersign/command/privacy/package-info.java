/** Erasing people: requests, approvals, legal holds, destroying keys, certificates. */
@NullMarked
package io.countersign.command.privacy;

import org.jspecify.annotations.NullMarked;

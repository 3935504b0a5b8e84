/** Policies: publishing them, attaching them to projects, and finding the one a decision names. */
@NullMarked
package io.countersign.command.policy;

import org.jspecify.annotations.NullMarked;

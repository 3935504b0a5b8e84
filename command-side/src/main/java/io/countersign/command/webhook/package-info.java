/** Where Azure DevOps delivers: authenticates, takes the bytes, answers when they are durable. */
@NullMarked
package io.countersign.command.webhook;

import org.jspecify.annotations.NullMarked;

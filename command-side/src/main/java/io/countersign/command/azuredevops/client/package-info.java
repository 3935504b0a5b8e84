/**
 * Calls to Azure DevOps. Every answer is a value of {@link
 * io.countersign.command.azuredevops.client.Answer}; nothing here throws because of what the
 * service did. Writes are conditional and never repeated blindly (ADR 0023).
 */
@NullMarked
package io.countersign.command.azuredevops.client;

import org.jspecify.annotations.NullMarked;

/** Notifications of Azure DevOps: reading them and turning them into commands. */
@NullMarked
package io.countersign.command.azuredevops;

import org.jspecify.annotations.NullMarked;

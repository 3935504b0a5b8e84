/**
 * An Azure DevOps to talk to: stateful, over HTTP, with the service's answers, errors and service
 * hooks as they were recorded or are documented, and with faults on demand. It knows nothing of
 * Countersign.
 */
@NullMarked
package io.countersign.sandbox.azuredevops;

import org.jspecify.annotations.NullMarked;

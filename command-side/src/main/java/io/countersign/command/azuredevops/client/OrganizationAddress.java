package io.countersign.command.azuredevops.client;

import io.countersign.kernel.project.OrganizationId;
import java.net.URI;

/**
 * Where an organization is.
 *
 * @param id as work item ids have it
 * @param base address without a slash at its end
 * @param apiVersion that it speaks
 */
record OrganizationAddress(OrganizationId id, URI base, String apiVersion) {}

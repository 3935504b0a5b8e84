package io.countersign.command.reconciliation;

import io.countersign.command.azuredevops.client.Organization;
import io.countersign.kernel.project.ProjectId;

/**
 * A project that is compared.
 *
 * @param organization where it is asked for
 * @param project which
 * @param name what it is called there
 */
record Source(Organization organization, ProjectId project, String name) {}

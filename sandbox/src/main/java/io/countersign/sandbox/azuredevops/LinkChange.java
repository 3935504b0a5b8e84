package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.time.Instant;

/**
 * A link between two work items was made or removed: what link reporting tells.
 *
 * @param number counts link changes of the organization
 * @param rel reference name of the forward end
 */
record LinkChange(
    long number,
    String rel,
    WorkItem source,
    WorkItem target,
    boolean active,
    SandboxPerson by,
    Instant at) {}

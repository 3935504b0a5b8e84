package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A work item as it was at one time.
 *
 * @param watermark counts the revisions of the whole organization
 * @param fields as they were
 * @param relations as they were
 */
record Revision(
    int itemId,
    int rev,
    long watermark,
    SandboxPerson by,
    Instant at,
    boolean deleted,
    Map<String, Object> fields,
    List<Relation> relations) {}

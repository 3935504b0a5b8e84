package io.countersign.rules.policy;

/**
 * A link of the hierarchy: which type of work item hangs below which.
 *
 * @param parent work item type above
 * @param child work item type below
 * @param rationale what the link shows
 * @param required whether it is asked for; one that is not may be there
 */
public record Trace(String parent, String child, String rationale, boolean required) {}

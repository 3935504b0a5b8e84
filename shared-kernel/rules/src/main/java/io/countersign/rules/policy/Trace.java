package io.countersign.rules.policy;

/**
 * A link of the hierarchy that work must have.
 *
 * @param parent work item type above
 * @param child work item type below
 * @param rationale what the link shows
 */
public record Trace(String parent, String child, String rationale) {}

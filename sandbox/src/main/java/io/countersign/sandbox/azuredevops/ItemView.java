package io.countersign.sandbox.azuredevops;

/**
 * A work item as a test sees it.
 *
 * @param updates how many it had; the id of the last
 */
public record ItemView(
    int id,
    String project,
    String type,
    String title,
    String state,
    int rev,
    int updates,
    int comments,
    boolean deleted) {}

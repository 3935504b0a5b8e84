package io.countersign.sandbox.azuredevops;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something a service hook can tell.
 *
 * @param publisher for example {@code tfs}
 * @param eventType for example {@code workitem.updated}
 * @param resourceVersion of the resource
 * @param lane what it is about: of one lane, notifications are first sent in their order
 * @param sentence what people read
 * @param facts what subscriptions filter by
 * @param resource the resource
 */
record Happening(
    String publisher,
    String eventType,
    String resourceVersion,
    Project project,
    String lane,
    String sentence,
    Instant at,
    Map<String, String> facts,
    ObjectNode resource) {}

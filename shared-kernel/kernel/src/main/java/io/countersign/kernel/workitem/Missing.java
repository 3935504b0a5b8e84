package io.countersign.kernel.workitem;

/**
 * One thing that stands between a work item and a transition.
 *
 * @param kind what kind of thing, for example {@code document}, {@code approval}, {@code
 *     transition}
 * @param id which, as the policy names it
 * @param words what is missing, for whoever has to bring it; no personal data
 */
public record Missing(String kind, String id, String words) {}

package io.countersign.kernel.workitem;

/**
 * A relation of a work item.
 *
 * @param relation reference name, for example {@code System.LinkTypes.Hierarchy-Reverse}
 * @param target URL of the other end, as the source gives it
 */
public record Link(String relation, String target) {}

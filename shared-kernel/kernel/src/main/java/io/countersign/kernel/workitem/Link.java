package io.countersign.kernel.workitem;

import io.countersign.kernel.privacy.SealedText;
import org.jspecify.annotations.Nullable;

/**
 * A relation of a work item.
 *
 * @param relation reference name, for example {@code System.LinkTypes.Hierarchy-Reverse}
 * @param target URL of the other end where it is one of the source's own; for addresses that people
 *     enter, an opaque reference: the same for the same address in one work item
 * @param address an address that somebody entered, sealed under the work item's key
 */
public record Link(String relation, String target, @Nullable SealedText address) {}

package io.countersign.audit.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of entries.
 *
 * @param items entries in order of index
 * @param next value of {@code from} for the next page; absent on the last one
 */
public record EntryPageView(List<EntryView> items, @Nullable Long next) {}

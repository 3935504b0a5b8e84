package io.countersign.audit.log;

import io.countersign.eventlog.read.StoredEntry;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of entries.
 *
 * @param items entries in order of index
 * @param next value of {@code from} for the next page; absent on the last one
 */
public record EntryPageView(List<EntryView> items, @Nullable Long next) {

  /** Payloads of one page together; the entry that goes beyond it is still in the page. */
  private static final long MOST_BYTES = 4L << 20;

  /**
   * A page out of what was found.
   *
   * @param found up to one more than fit
   * @param limit how many fit
   */
  static EntryPageView of(List<StoredEntry> found, int limit) {
    return page(found, Math.min(limit, found.size()), EntryView::of);
  }

  /** The same with payloads; shorter where these are large. */
  static EntryPageView withPayloads(List<StoredEntry> found, int limit) {
    int shown = 0;
    for (long bytes = 0; shown < Math.min(limit, found.size()) && bytes < MOST_BYTES; shown++) {
      bytes += found.get(shown).payload().length;
    }
    return page(found, shown, EntryView::withPayload);
  }

  private static EntryPageView page(
      List<StoredEntry> found, int shown, Function<StoredEntry, EntryView> view) {
    return new EntryPageView(
        found.stream().limit(shown).map(view).toList(),
        found.size() > shown ? Long.valueOf(found.get(shown).index()) : null);
  }
}

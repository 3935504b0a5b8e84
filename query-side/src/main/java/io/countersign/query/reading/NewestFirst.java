package io.countersign.query.reading;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pages of rows that each have an entry, newest first. Nothing is inserted before an entry that is
 * there, so the entry of the last row is where the next page begins.
 *
 * @param before rows of earlier entries only
 * @param limit at most so many
 */
public record NewestFirst(long before, int limit) {

  private static final String SORT = "newest";

  /** As a request asks for it. */
  public static NewestFirst of(RequestParameters asked) {
    Optional<PageCursor> after = asked.after(SORT);
    return new NewestFirst(
        after.map(cursor -> index(cursor.value())).orElse(Long.MAX_VALUE), asked.limit());
  }

  private static long index(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw RequestParameters.invalid("after", "the next of a page in the same order expected");
    }
  }

  /** How many rows to look for: one more tells whether there is another page. */
  public int wanted() {
    return limit + 1;
  }

  /** What of the rows found is on this page. */
  public <T> List<T> shown(List<T> found) {
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  /** Cursor of the next page, or nothing at the end. */
  public <T> @Nullable String next(List<T> found, ToLongFunction<T> index) {
    if (found.size() <= limit) {
      return null;
    }
    String last = String.valueOf(index.applyAsLong(found.get(limit - 1)));
    return new PageCursor(SORT, last, last).encode();
  }
}

package io.countersign.auditlog.headmap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes the heads of a map in ascending order of their keys, as a database can give them. */
public final class HeadMapBuilder {

  private static final int MOST = Integer.MAX_VALUE / Head.BYTES - 1;

  private final long size;
  private byte[] heads = new byte[64 * Head.BYTES];
  private int aggregates;
  private @Nullable HeadKey last;

  /**
   * An empty map.
   *
   * @param size entries of the log it stands over
   */
  public HeadMapBuilder(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a log has 0 or more entries");
    }
    this.size = size;
  }

  /**
   * Adds a head behind the last one.
   *
   * @throws IllegalArgumentException when its key is not greater than the last one, or its entry is
   *     not below the size
   * @throws IllegalStateException after 44 million of them: no array holds more
   */
  public HeadMapBuilder add(Head head) {
    if (last != null && last.compareTo(head.key()) >= 0) {
      throw new IllegalArgumentException("heads come in ascending order, each aggregate once");
    }
    if (head.index() >= size) {
      throw new IllegalArgumentException(
          "entry %d is not one of the %d this map stands over".formatted(head.index(), size));
    }
    if (aggregates == MOST) {
      throw new IllegalStateException("a head map here has at most %d aggregates".formatted(MOST));
    }
    int at = aggregates * Head.BYTES;
    if (at == heads.length) {
      heads = Arrays.copyOf(heads, (int) Math.min(2L * aggregates, MOST) * Head.BYTES);
    }
    head.copyTo(heads, at);
    aggregates++;
    last = head.key();
    return this;
  }

  /** The map. This builder is spent. */
  public HeadMap build() {
    return new HeadMap(size, aggregates, Arrays.copyOf(heads, aggregates * Head.BYTES));
  }
}

package io.countersign.auditlog.tile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile or entry bundle lies, as C2SP tlog-tiles names it: {@code
 * tile/<level>/<index>[.p/<width>]}, the index in groups of three digits.
 *
 * @param level from 0 to 63; {@link #ENTRIES} for entry bundles
 * @param index within its level, from 0
 * @param width hashes or entries in it: 256 when it is full
 */
public record TilePath(int level, long index, int width) {

  /** Hashes in a full tile, and entries in a full bundle. */
  public static final int FULL = 256;

  /** Stands in for a level: bundles of entries. */
  public static final int ENTRIES = -1;

  /** Levels of the tree that one level of tiles covers. */
  static final int HEIGHT = 8;

  private static final int TOP = 63;

  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Checks the numbers. */
  public TilePath {
    if (level < ENTRIES || level > TOP || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException("no such tile");
    }
  }

  /** A bundle of entries. */
  public static TilePath entries(long index, int width) {
    return new TilePath(ENTRIES, index, width);
  }

  /**
   * How many hashes (or entries) the tile at a place has in a tree.
   *
   * @param size of the tree, in leaves
   * @return 0 when the tree has no such tile, 256 when it is full
   */
  public static int widthIn(long size, int level, long index) {
    int shift = HEIGHT * Math.max(level, 0);
    long hashes = shift >= Long.SIZE ? 0 : size >>> shift;
    return index > hashes / FULL ? 0 : Math.clamp(hashes - index * FULL, 0, FULL);
  }

  /** Reads a path; empty when it is none, or not the one spelling of it. */
  public static Optional<TilePath> parse(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String digits = parts.group(2).replace("x", "").replace("/", "");
    String width = parts.group(3);
    if (digits.length() > 18 || (width != null && Integer.parseInt(width) >= FULL)) {
      return Optional.empty();
    }
    int level = parts.group(1).equals("entries") ? ENTRIES : Integer.parseInt(parts.group(1));
    if (level > TOP) {
      return Optional.empty();
    }
    var tile =
        new TilePath(level, Long.parseLong(digits), width == null ? FULL : Integer.parseInt(width));
    return tile.toString().equals(path) ? Optional.of(tile) : Optional.empty();
  }

  /** Whether no later leaf changes it. */
  public boolean isFull() {
    return width == FULL;
  }

  /** Whether it holds entries, not hashes. */
  public boolean isEntries() {
    return level == ENTRIES;
  }

  /** The path, with slashes, relative to the log's address or folder. */
  @Override
  public String toString() {
    var digits = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits.insert(0, "x%03d/".formatted(rest % 1000));
    }
    return "tile/"
        + (isEntries() ? "entries" : Integer.toString(level))
        + "/"
        + digits
        + (isFull() ? "" : ".p/" + width);
  }
}

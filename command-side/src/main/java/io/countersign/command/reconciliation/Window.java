package io.countersign.command.reconciliation;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changed in a project in some time, as the source lists it.
 *
 * @param items by number
 * @param to up to when all was listed
 * @param next where the next window begins
 * @param last whether nothing that is old enough follows
 */
record Window(SortedMap<Integer, Seen> items, Instant to, Position next, boolean last) {

  /**
   * Where a window begins.
   *
   * @param token of the revisions; absent: they are read from {@code reached} on
   * @param compared the source's number of the last revision that was compared
   * @param linkToken of the changes of links; absent as {@code token}
   * @param reached up to when all was compared; absent: nothing was
   */
  record Position(
      @Nullable String token,
      long compared,
      @Nullable String linkToken,
      @Nullable Instant reached) {

    /** Before everything. */
    static final Position BEGINNING = new Position(null, 0, null, null);

    /** All before this moment is left out. */
    static Position since(Instant moment) {
      return new Position(null, 0, null, moment);
    }
  }

  /** A work item that changed. Filled while the window is read. */
  static final class Seen {

    private final SortedSet<Integer> revisions = new TreeSet<>();
    private @Nullable JsonNode newest;
    private boolean linked;

    void revision(int number, JsonNode listed) {
      if (revisions.isEmpty() || number > revisions.getLast()) {
        newest = listed;
      }
      revisions.add(number);
    }

    void link() {
      linked = true;
    }

    /** Its revisions in the window. */
    SortedSet<Integer> revisions() {
      return revisions;
    }

    /** Whether its links changed. */
    boolean isLinked() {
      return linked;
    }

    /** The newest of the revisions, as listed; absent when only links changed. */
    @Nullable JsonNode newest() {
      return newest;
    }

    /** Whether it lies in the recycle bin. */
    boolean isDeleted() {
      return newest != null && newest.path("fields").path(WindowReader.DELETED).asBoolean(false);
    }
  }
}

package io.countersign.query.projection;

import java.util.Locale;

/**
 * One set of a projection's tables, filled by a processor of its own. There may be several: the one
 * that queries read, a new one being filled beside it, an old one kept for going back.
 *
 * @param projection what fills it
 * @param number counts those of one version from 1; the first has the schema of the migrations
 * @param state what it is for
 * @param paused whether its processor is to stand still
 */
public record Generation(Projection<?> projection, int number, State state, boolean paused) {

  /** What a generation is for. */
  public enum State {
    /** Filled in bulk; no processor has it. */
    LOADING,
    /** Its processor follows the log; nobody reads it. */
    FOLLOWING,
    /** As following, and about to be read: whoever waits for a position waits for it as well. */
    READY,
    /** Queries read it. */
    LIVE,
    /** Was live; its processor goes on, so that one can go back. */
    KEPT,
    /** No node has it any more; its tables are about to go. */
    DROPPING;

    /** The word the database and clients see: lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** The first generation of a projection, as the migrations make it. */
  public static Generation first(Projection<?> projection) {
    return new Generation(projection, 1, State.LIVE, false);
  }

  /** The schema its tables lie in. */
  public String schema() {
    return number == 1 ? projection.schema() : projection.schema() + "_g" + number;
  }

  /** Name of its processor. */
  public String processor() {
    return number == 1 ? projection.processor() : projection.processor() + "-g" + number;
  }

  /** Name of the projection. */
  public String name() {
    return projection.name();
  }

  /** Whether a processor is to run. */
  boolean isFollowed() {
    return !paused && state != State.LOADING && state != State.DROPPING;
  }

  /** Whether whoever asks for a position has to wait for it. */
  boolean isRead() {
    return state == State.LIVE || state == State.READY;
  }

  /** As nodes say that they know it. */
  public String standing() {
    return processor() + " " + state.word() + (paused ? " paused" : "");
  }
}

package io.countersign.query.projection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a processor is doing.
 *
 * @param name name of the processor
 * @param projection name of its projection; absent for processors that are none
 * @param version version of the projection; absent for processors that are none
 * @param generation number of the set of tables it fills, counted within the version; absent for
 *     processors that are none
 * @param standing what those tables are for: {@code live} when queries read them; absent for
 *     processors that are none
 * @param state whether it works
 * @param segments how many parts it has
 * @param segmentsHere how many of them this node has
 * @param nodes names of the nodes that have some and show life; absent for processors that are no
 *     projections
 * @param position index up to which it has seen everything; -1 for nothing
 * @param head index of the last entry of the log; -1 when the log is empty
 * @param lagPositions entries it has not seen yet
 * @param lagSeconds age of the oldest entry it has not seen yet; 0 when there is none
 * @param error code of what stops it on some node; absent when nothing does
 * @param deadLetters what waits because an event could not be taken; absent for processors that are
 *     no projections
 */
public record ProcessorStatus(
    String name,
    @Nullable String projection,
    @Nullable Integer version,
    @Nullable Integer generation,
    @Nullable String standing,
    State state,
    int segments,
    int segmentsHere,
    @Nullable List<String> nodes,
    long position,
    long head,
    long lagPositions,
    double lagSeconds,
    @Nullable String error,
    Parking.@Nullable Count deadLetters) {

  /** How many events wait because one could not be taken. */
  int letters() {
    return deadLetters == null ? 0 : deadLetters.letters();
  }

  /** Whether a processor works. */
  public enum State {
    /** Every segment is claimed, here or on another node. */
    RUNNING,
    /** Something went wrong; it tries again. */
    FAILING,
    /** Nobody works on some segment. */
    STOPPED,
    /** It stands still because somebody wants it to. */
    PAUSED,
    /** Its tables are filled in bulk; it starts after that. */
    LOADING;

    /** The word clients see: lower case. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

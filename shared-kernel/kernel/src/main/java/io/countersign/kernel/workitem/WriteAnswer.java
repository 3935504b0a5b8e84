package io.countersign.kernel.workitem;

import org.jspecify.annotations.Nullable;

/** Whether something is still to be written to the source. */
public sealed interface WriteAnswer {

  /**
   * It is.
   *
   * @param from state it was decided from
   * @param sourceFrom the source's state, as far as it was told
   * @param sourceTo the source's state to write; absent where the mapping has to tell
   * @param revision newest revision known when it was decided
   * @param askedBy actor who asked
   * @param reversal whether it takes back a change of the source
   */
  record Wanted(
      WorkItemState from,
      String sourceFrom,
      @Nullable String sourceTo,
      int revision,
      @Nullable String askedBy,
      boolean reversal)
      implements WriteAnswer {}

  /** It is over or was replaced; {@code code} says why. */
  record NotWanted(String code) implements WriteAnswer {}
}

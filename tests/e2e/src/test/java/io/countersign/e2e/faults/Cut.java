package io.countersign.e2e.faults;

/** What is done to the line at a statement, and what the client can know afterwards. */
enum Cut {
  /** Nothing. */
  NONE,
  /** The statement is not forwarded: nothing happened, and the client cannot know. */
  BEFORE,
  /** Cut as soon as it was forwarded: it may or may not happen. */
  FORWARDED,
  /** Forwarded, the server's whole answer awaited, then cut: it happened, and nobody was told. */
  AFTER,
  /** As {@link #AFTER}, but the first half of the answer arrives. */
  HALF_ANSWER,
  /**
   * Negative control: the server is told to roll back, the client that it has committed. Whatever
   * checks what was acknowledged has to find this.
   */
  PRETEND;

  boolean holdsTheAnswer() {
    return this == AFTER || this == HALF_ANSWER || this == PRETEND;
  }
}

package io.countersign.kernel;

/** The answer to a command that brings a fact from a source. */
public enum Recorded {
  /** New: it is in the log now. */
  NEW,
  /** Known already: nothing was added. */
  KNOWN
}

package io.countersign.audit.verify;

/** Told now and then how far verifying is. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress SILENT = (_, _) -> {};

  /** A pass begins, over about so many entries. */
  default void total(long entries) {}

  /**
   * Called every {@value LogVerification#PROGRESS_EVERY} entries and at the end.
   *
   * @param entries how many were verified
   * @param findings how many findings there are
   */
  void reached(long entries, long findings);
}

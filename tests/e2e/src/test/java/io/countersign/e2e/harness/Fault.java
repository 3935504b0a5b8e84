package io.countersign.e2e.harness;

import java.nio.file.Path;

/** Something that goes wrong, on purpose, under load; it ends with everything mended. */
public interface Fault {

  /** One word, for the command line. */
  String name();

  /** How many nodes it needs. */
  int nodes();

  /** Starts a site to make it on. */
  default Site start(Path scratch) throws Exception {
    return Site.start(scratch, nodes());
  }

  /**
   * Makes it.
   *
   * @param load not started yet; what is left running is stopped by the caller
   * @throws AssertionError when something did not hold meanwhile
   */
  void make(Site site, Load load, Effort effort, Report report) throws Exception;
}

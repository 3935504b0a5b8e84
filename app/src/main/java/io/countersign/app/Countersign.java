package io.countersign.app;

/** The one executable: {@code countersign serve|demo|principal|inbox|log}. */
public final class Countersign {

  private Countersign() {}

  /** Runs the command line. */
  public static void main(String[] args) {}
}

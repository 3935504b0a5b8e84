package io.countersign.app;

import io.countersign.app.cli.CommandLineInterface;

/** The one executable: {@code countersign serve|principal|inbox|log}. */
public final class Countersign {

  private Countersign() {}

  /** Runs the command line; the exit code says how it went. */
  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println("countersign " + Version.text());
      return;
    }
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      // before the first logger is made; serve leaves logging to Spring Boot
      System.setProperty("logback.configurationFile", "quiet-logback.xml");
    }
    System.exit(CommandLineInterface.run(arguments));
  }
}

package io.countersign.app;

import io.countersign.app.cli.CommandLineInterface;
import java.util.Set;

/** The one executable: {@code countersign demo|serve|principal|inbox|log}. */
public final class Countersign {

  private static final Set<String> SERVING = Set.of("serve", "demo");

  private Countersign() {}

  /** Runs the command line; the exit code says how it went. */
  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      System.out.println("countersign " + Version.text());
      return;
    }
    if (arguments.length == 0 || !SERVING.contains(arguments[0])) {
      // before the first logger is made; a server leaves logging to Spring Boot
      System.setProperty("logback.configurationFile", "quiet-logback.xml");
    }
    System.exit(CommandLineInterface.run(arguments));
  }
}

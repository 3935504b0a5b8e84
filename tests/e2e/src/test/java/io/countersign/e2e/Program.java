package io.countersign.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as a process of its own. */
final class Program {

  private static final long DEADLINE_SECONDS = 120;

  private Program() {}

  /**
   * What a command printed and how it ended.
   *
   * @param exit exit code
   * @param output standard output and standard error
   */
  record Finished(int exit, String output) {}

  /** Runs a command to its end. */
  static Finished run(Path log, String... arguments) throws IOException, InterruptedException {
    Process process = start(log, arguments);
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + String.join(" ", arguments));
    }
    return new Finished(process.exitValue(), Files.readString(log));
  }

  /** Starts a command; its output goes to the file. */
  static Process start(Path log, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static Path jar() {
    Path jar =
        Path.of(System.getProperty("countersign.jar", "../../app/target/countersign-exec.jar"))
            .toAbsolutePath()
            .normalize();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar + " is missing: ./mvnw -pl app -am package -DskipTests makes it");
    }
    return jar;
  }
}

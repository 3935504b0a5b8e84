package io.countersign.audit.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of somebody else, or one around his library.
 *
 * @param folder where it runs
 * @param environment on top of this process's
 */
record ForeignProgram(Path folder, Map<String, String> environment) {

  /** What our programs around foreign libraries are in. */
  static final Path SOURCES = Path.of("..", "tests", "foreign").toAbsolutePath().normalize();

  /**
   * How a run ended.
   *
   * @param code 127 when there is no such program
   * @param said on both outputs
   */
  record Run(int code, String said) {}

  Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("foreign", ".out");
    try {
      var builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process;
      try {
        process = builder.redirectOutput(output.toFile()).start();
      } catch (IOException _) {
        return new Run(127, command.getFirst() + " is not here");
      }
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException(command + " does not end");
      }
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }
}

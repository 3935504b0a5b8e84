package io.countersign.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program, run as a process of its own.
 *
 * @param jar unpacked
 */
public record Program(Path jar) {

  private static final long DEADLINE_SECONDS = 300;

  /**
   * What a command printed and how it ended.
   *
   * @param exit exit code
   * @param output standard output and standard error
   */
  public record Finished(int exit, String output) {}

  /** The packaged program, unpacked once as the launcher does it: it starts in half the time. */
  public static Program unpacked() {
    return Unpacked.PROGRAM;
  }

  /** Made when first asked for. */
  private static final class Unpacked {

    static final Program PROGRAM = unpack(Path.of("target", "program").toAbsolutePath());

    private static Program unpack(Path folder) {
      try {
        Process process =
            new ProcessBuilder(
                    java(),
                    "-Djarmode=tools",
                    "-jar",
                    packaged().toString(),
                    "extract",
                    "--force",
                    "--destination",
                    folder.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
          throw new IllegalStateException("cannot unpack " + packaged());
        }
        var program = new Program(folder.resolve(packaged().getFileName()));
        train(program, folder);
        return program;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot unpack " + packaged(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while unpacking", e);
      }
    }
  }

  /**
   * Once for all starts, as the launcher does it (JEP 514). A program started without it is only
   * slower.
   */
  private static void train(Program program, Path folder) throws IOException, InterruptedException {
    Files.deleteIfExists(program.cache());
    Path data = Files.createDirectories(folder.resolve("training"));
    var options = List.of("-XX:AOTCacheOutput=" + program.cache(), "-Djava.io.tmpdir=" + data);
    List<String> command = program.command(options);
    command.addAll(List.of("demo", "--once"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("training.txt").toFile())
            .start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      Files.deleteIfExists(program.cache());
    }
  }

  private Path cache() {
    return jar.resolveSibling("start-up.aot");
  }

  private List<String> command(List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** Runs a command to its end. */
  public Finished run(Path log, String... arguments) throws IOException, InterruptedException {
    Process process = start(log, arguments);
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + String.join(" ", arguments));
    }
    return new Finished(process.exitValue(), Files.readString(log));
  }

  /** Starts a command; its output goes to the file. */
  public Process start(Path log, String... arguments) throws IOException {
    return start(Map.of(), log, arguments);
  }

  /** The same with variables in its environment. */
  Process start(Map<String, String> environment, Path log, String... arguments) throws IOException {
    List<String> command =
        command(Files.exists(cache()) ? List.of("-XX:AOTCache=" + cache()) : List.of());
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path packaged() {
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

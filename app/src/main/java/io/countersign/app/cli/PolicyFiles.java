package io.countersign.app.cli;

import io.countersign.kernel.project.Process;
import io.countersign.rules.policy.BuiltInPolicies;
import io.countersign.rules.policy.TransitionPolicy;
import io.countersign.rules.yaml.FaultyFileException;
import io.countersign.rules.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Policies by file, or by the name of a process for the one that comes with the program. */
final class PolicyFiles {

  static final String LABEL = "FILE|PROCESS";

  private PolicyFiles() {}

  /** A policy that is sound. */
  static TransitionPolicy sound(String name) {
    try {
      return read(name);
    } catch (FaultyFileException e) {
      throw new CommandFailed(
          "%s is no sound policy: %s (countersign policy validate shows all %d)"
              .formatted(name, e.faults().getFirst(), e.faults().size()),
          e);
    }
  }

  /**
   * A policy.
   *
   * @throws FaultyFileException when the file is not sound
   */
  static TransitionPolicy read(String name) {
    for (Process process : Process.values()) {
      if (process.word().equals(name)) {
        return BuiltInPolicies.of(process);
      }
    }
    return TransitionPolicy.read(name, bytes(Path.of(name)));
  }

  /** No more than is looked at: a file that is too large is found out by one byte more. */
  private static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailed("there is no file " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlFile.LARGEST + 1);
    } catch (IOException e) {
      throw new CommandFailed("%s cannot be read".formatted(file), e);
    }
  }
}

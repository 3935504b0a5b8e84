package io.countersign.command.azuredevops.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is kept: a file, or a variable of the environment. Read at each use, so that it
 * can be replaced while the program runs.
 *
 * @param file the file, if it is in one
 * @param variable name of the variable otherwise
 * @param environment variables by name
 */
record Secret(
    @Nullable Path file,
    @Nullable String variable,
    Function<String, @Nullable String> environment) {

  Optional<String> read() {
    String text = null;
    if (file != null) {
      try {
        text = Files.readString(file);
      } catch (IOException _) {
        return Optional.empty();
      }
    } else if (variable != null) {
      text = environment.apply(variable);
    }
    return Optional.ofNullable(text).map(String::strip).filter(secret -> !secret.isEmpty());
  }

  /** Where it was looked for. */
  String place() {
    return file == null ? "the environment variable " + variable : "the file " + file;
  }

  @Override
  public String toString() {
    return "Secret[" + place() + "]";
  }
}

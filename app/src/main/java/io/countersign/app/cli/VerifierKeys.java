package io.countersign.app.cli;

import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --vkey} takes: a verifier key, or a file with one or with a whole key policy. */
final class VerifierKeys implements ITypeConverter<KeyPolicy> {

  VerifierKeys() {}

  @Override
  public KeyPolicy convert(String value) {
    try {
      return KeyPolicy.parse(text(value));
    } catch (NoteFormatException e) {
      throw new TypeConversionException(
          "neither a verifier key nor a file with one or with a key policy: " + e.getMessage());
    }
  }

  private static String text(String value) {
    Path file;
    try {
      file = Path.of(value);
    } catch (InvalidPathException _) {
      return value;
    }
    if (!Files.isRegularFile(file)) {
      return value;
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException _) {
      throw new TypeConversionException("cannot read " + file);
    }
  }
}

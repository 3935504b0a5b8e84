package io.countersign.app.cli;

import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which keys sign the log, as somebody who checks it knows them. */
final class LogKeys {

  @Option(
      names = "--vkey",
      paramLabel = "KEY|FILE",
      description =
          "The log's verifier key, or a file with one key a line. Get it from somebody you trust;"
              + " whoever makes up a log makes up a key.")
  @Nullable String vkey;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  LogKeys() {}

  /**
   * Keys of one log.
   *
   * @param origin its name
   * @param keys one or more
   */
  record Known(String origin, List<VerifierKey> keys) {

    NoteVerifier verifier() {
      return new NoteVerifier(keys);
    }
  }

  /** The keys given. */
  Known given() {
    if (vkey == null) {
      throw usage("--vkey is missing: without the log's key nothing can be checked");
    }
    try {
      return parse(text(vkey));
    } catch (NoteFormatException e) {
      throw usage("--vkey is neither a verifier key nor a file with one: " + e.reason().words());
    }
  }

  /** The keys given, else those the server publishes, and then says so. */
  Known orOf(ApiClient api, PrintWriter err) {
    if (vkey != null) {
      return given();
    }
    byte[] published = api.bytes("/api/v1/log/published/vkey");
    err.println("checked with the key this server publishes; give the one you trust with --vkey");
    err.flush();
    try {
      return parse(new String(published, StandardCharsets.UTF_8));
    } catch (NoteFormatException e) {
      throw new CommandFailed("the server publishes no verifier key: " + e.reason().words());
    }
  }

  /** Reads keys, one a line. */
  static Known parse(String lines) throws NoteFormatException {
    var keys = new ArrayList<VerifierKey>();
    for (String line : lines.strip().split("\\R", -1)) {
      keys.add(VerifierKey.parse(line.strip()));
    }
    return new Known(keys.getFirst().name(), keys);
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private static String text(String keyOrFile) {
    try {
      Path file = Path.of(keyOrFile);
      return Files.isRegularFile(file) ? Files.readString(file) : keyOrFile;
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + keyOrFile, e);
    } catch (InvalidPathException _) {
      return keyOrFile;
    }
  }
}

package io.countersign.app.cli;

import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
      converter = VerifierKeys.class,
      description =
          "The log's verifier key, or a file that holds it or a key policy. Get it from somebody you"
              + " trust; whoever makes up a log makes up a key.")
  @Nullable KeyPolicy vkey;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  LogKeys() {}

  /** The keys given. */
  KeyPolicy given() {
    if (vkey == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--vkey is missing: without the log's key nothing can be checked");
    }
    return vkey;
  }

  /** The keys given, else those the server publishes, and then says so. */
  KeyPolicy orOf(ApiClient api, PrintWriter err) {
    if (vkey != null) {
      return vkey;
    }
    byte[] published = api.bytes("/api/v1/log/published/keys");
    err.println("checked with the keys this server publishes; give those you trust with --vkey");
    err.flush();
    try {
      return KeyPolicy.parse(new String(published, StandardCharsets.UTF_8));
    } catch (NoteFormatException e) {
      throw new CommandFailed("the server publishes no key policy: " + e.getMessage());
    }
  }
}

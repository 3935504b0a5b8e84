package io.countersign.app.serve;

import io.countersign.app.StartRefused;
import io.countersign.app.Version;
import io.countersign.app.settings.ServeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running server leaves in its data directory for clients on the same machine. There while
 * the port is open; a killed server leaves it behind, so readers look whether the process lives.
 *
 * @param url base URL
 * @param pid process
 * @param version of the server
 * @param certificate PEM file clients are to trust, when the URL is https
 */
public record ServerFile(String url, long pid, String version, @Nullable String certificate) {

  private static final JsonMapper JSON = new JsonMapper();

  static ServerFile of(ServeSettings settings, int port) {
    String scheme = settings.tls().enabled() ? "https" : "http";
    Path certificate = settings.tls().cert();
    return new ServerFile(
        "%s://%s:%d".formatted(scheme, host(settings.bind()), port),
        ProcessHandle.current().pid(),
        Version.text(),
        certificate == null ? null : certificate.toAbsolutePath().toString());
  }

  private static String host(String bind) {
    try {
      InetAddress address = InetAddress.getByName(bind);
      String text = address.isAnyLocalAddress() ? "127.0.0.1" : bind;
      return text.contains(":") ? "[" + text + "]" : text;
    } catch (UnknownHostException e) {
      return bind;
    }
  }

  /** The server that runs on a data directory, if any does. */
  public static Optional<ServerFile> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), ServerFile.class))
          .filter(server -> ProcessHandle.of(server.pid()).isPresent());
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  void write(Path file) {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(draft, JSON.writeValueAsString(this) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartRefused("cannot write the file " + file, e);
    }
  }

  void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it names this process, which is about to end: nobody will believe it
    }
  }
}

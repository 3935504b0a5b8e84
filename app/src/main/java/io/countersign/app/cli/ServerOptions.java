package io.countersign.app.cli;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.data.SecretFile;
import io.countersign.app.serve.ServerFile;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a client command finds the server and proves who asks. */
final class ServerOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data directory of a server on this machine: says its address and holds the"
              + " operator's token. Default: $COUNTERSIGN_DATA, else ./data.",
      defaultValue = "${env:COUNTERSIGN_DATA:-data}")
  Path data = Path.of("data");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of a server elsewhere. Needs --token-file.",
      defaultValue = "${env:COUNTERSIGN_URL}")
  @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with a principal's token. Default: operator.token in the data directory.",
      defaultValue = "${env:COUNTERSIGN_TOKEN_FILE}")
  @Nullable Path tokenFile;

  @Option(
      names = "--tls-trust",
      paramLabel = "FILE",
      description =
          "PEM file with the certificate the server has to show, when no known authority"
              + " vouches for it. With --data the server's own certificate is known.")
  @Nullable Path trust;

  ServerOptions() {}

  DataDirectory directory() {
    return new DataDirectory(data);
  }

  /** The server these options name. */
  ApiClient connect() {
    Access access = access();
    return new ApiClient(access.url(), access.token(), access.trust());
  }

  /**
   * How to reach a server.
   *
   * @param url its address
   * @param token of who asks
   * @param trust PEM file with the certificate it has to show; absent when a known authority
   *     vouches for it
   */
  record Access(URI url, String token, @Nullable Path trust) {

    @Override
    public String toString() {
      return "Access[" + url + "]";
    }
  }

  /** Address, token and trust these options name. */
  Access access() {
    if (url != null) {
      if (tokenFile == null) {
        throw new CommandFailed("--url needs --token-file: the file with a principal's token");
      }
      return new Access(address(url), token(new SecretFile(tokenFile)), trust);
    }
    DataDirectory directory = directory();
    ServerFile server =
        ServerFile.read(directory.serverFile())
            .orElseThrow(
                () ->
                    new CommandFailed(
                        "no server is running on the data directory %s: start it with `countersign serve --data %s`, or name one with --url"
                            .formatted(directory.path(), data)));
    String certificate = server.certificate();
    return new Access(
        URI.create(server.url()),
        token(tokenFile == null ? directory.operatorToken() : new SecretFile(tokenFile)),
        trust != null ? trust : certificate == null ? null : Path.of(certificate));
  }

  static URI address(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ApiClient.ADDRESS, e);
    }
  }

  private static String token(SecretFile file) {
    return file.read()
        .orElseThrow(
            () ->
                new CommandFailed(
                    "there is no token in %s: name another file with --token-file"
                        .formatted(file.path())));
  }
}

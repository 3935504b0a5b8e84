package io.countersign.app.cli;

import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.auditlog.tile.TileSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A log as it is published under an address. Every answer has an upper limit in size and in time,
 * and no redirection is followed, which could carry a token elsewhere.
 */
final class HttpTiles implements TileSource, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_BUNDLE = TilePath.FULL * (Short.BYTES + EntryCodec.MAX_ENTRY_BYTES);
  private static final int MAX_TILE = TilePath.FULL * Sha256.LENGTH;
  private static final int MAX_CHECKPOINT = 1_000_000;

  private final URI base;
  private final @Nullable String token;
  private final HttpClient http;

  HttpTiles(String address, @Nullable String token, @Nullable Path trust) {
    this.base = ServerOptions.address(address.endsWith("/") ? address : address + "/");
    if (base.getHost() == null) {
      throw new CommandFailed("the address of a published log is http://... or https://...");
    }
    this.token = token;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER);
    if (trust != null && "https".equals(base.getScheme())) {
      builder.sslContext(PinnedCertificate.context(trust));
    }
    this.http = builder.build();
  }

  @Override
  public byte[] read(TilePath path) throws IOException {
    return get(path.toString(), path.isEntries() ? MAX_BUNDLE : MAX_TILE);
  }

  /** The newest checkpoint. */
  byte[] checkpoint() {
    try {
      return get("checkpoint", MAX_CHECKPOINT);
    } catch (FileNotFoundException e) {
      throw new CommandFailed("there is no checkpoint at " + base, e);
    } catch (IOException e) {
      throw new CommandFailed("the log at %s cannot be read".formatted(base), e);
    }
  }

  private byte[] get(String name, int most) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(name)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    // the timeout of a request ends with the headers, so the whole exchange has one of its own
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.GET().build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
    try {
      HttpResponse<byte[]> response = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return switch (response.statusCode()) {
        case 200 -> response.body();
        case 404, 410 -> throw new FileNotFoundException(name);
        case 401, 403 ->
            throw new CommandFailed(
                "%s asks for a token (%d): give --token-file"
                    .formatted(base, response.statusCode()));
        default ->
            throw new CommandFailed(
                "%s answers %d for %s".formatted(base, response.statusCode(), name));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      // a line that is down or slow is no finding about the log
      throw new CommandFailed(
          "the log at %s cannot be read: %s does not come, not in time, or is larger than it can be"
              .formatted(base, name),
          e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

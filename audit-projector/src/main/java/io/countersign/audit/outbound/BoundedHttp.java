package io.countersign.audit.outbound;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server of somebody else, who may be slow, broken or hostile: the whole answer has to come
 * within a time and in a number of bytes. Follows no redirects. Messages never name the address,
 * which may hold a secret.
 */
public final class BoundedHttp implements AutoCloseable {

  private final HttpClient http;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * A client.
   *
   * @param timeout until the last byte of an answer
   * @param maxBytes of an answer
   */
  public BoundedHttp(Duration timeout, int maxBytes) {
    this.http =
        HttpClient.newBuilder()
            // authorities are old servers: an upgrade to HTTP/2 may be more than they know
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param contentType without parameters, lower case; empty when there is none
   * @param body all of it
   */
  public record Answer(int status, String contentType, byte[] body) {}

  /**
   * Sends a body and takes the answer, whatever its status.
   *
   * @throws IOException when there is none in time, or it is too long; says which
   */
  public Answer post(URI address, String contentType, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Answer(
          response.statusCode(),
          type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
          response.body());
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(why(cause == null ? e : cause), e);
    } finally {
      answer.cancel(true);
    }
  }

  private String why(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("exceeds capacity")
        ? "an answer of more than " + maxBytes + " bytes"
        : "no answer (" + failure.getClass().getSimpleName() + ")";
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}

package io.countersign.command.azuredevops.client;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends a request and takes the whole answer within a time and a number of bytes. Follows no
 * redirect: they lead to sign-in pages. Never names an address or a header in what it says.
 */
final class Wire implements AutoCloseable {

  private final HttpClient http;
  private final Duration timeout;
  private final int maxBytes;

  Wire(Duration connectTimeout, Duration timeout, int maxBytes) {
    this.http =
        HttpClient.newBuilder()
            // a broken HTTP/2 connection breaks the calls of others with it
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  Reply send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      // the request's own timeout ends with the headers
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Whole(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException _) {
      return new Reply.Broken("no whole answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Reply failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnresolvedAddressException
          || cause instanceof UnknownHostException
          || cause instanceof SSLHandshakeException) {
        return new Reply.NotSent("no connection (" + cause.getClass().getSimpleName() + ")");
      }
      if (String.valueOf(cause.getMessage()).contains("exceeds capacity")) {
        return new Reply.TooLong(maxBytes);
      }
    }
    return new Reply.Broken("the connection broke (" + failure.getClass().getSimpleName() + ")");
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}

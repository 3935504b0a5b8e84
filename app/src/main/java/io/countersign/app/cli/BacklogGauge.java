package io.countersign.app.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;

/** How many deliveries wait in a server's inbox, by its metrics; empty when it does not say. */
final class BacklogGauge {

  private static final String NAME = "countersign_inbox_backlog";

  private final HttpClient http;
  private final HttpRequest request;

  BacklogGauge(ServerOptions.Access access) {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1));
    SSLContext tls = TrafficCommand.tls(access.url(), access.trust());
    this.http = tls == null ? builder.build() : builder.sslContext(tls).build();
    this.request =
        HttpRequest.newBuilder(access.url().resolve("/metrics"))
            .timeout(Duration.ofSeconds(1))
            .header("Authorization", "Bearer " + access.token())
            .build();
  }

  OptionalLong read() {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer
          .body()
          .lines()
          .filter(line -> line.startsWith(NAME + " ") || line.startsWith(NAME + "{"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }
}

package io.countersign.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.command.inbox.InboxConfiguration;
import io.countersign.command.inbox.InboxFixture;
import io.countersign.command.inbox.MemoryKeyRing;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The endpoint in Spring Boot's own server: its pipeline, its documentation, its shutdown. */
class BootServerTest {

  private final HikariDataSource pool = TestPostgres.pool(InboxFixture.emptyDatabase(), 20);
  private final ConfigurableApplicationContext context = start();
  private final int port =
      context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({InboxConfiguration.class, WebhookConfiguration.class})
  static class App {}

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(App.class)
        .web(WebApplicationType.REACTIVE)
        .initializers(
            context -> {
              var beans = (GenericApplicationContext) context;
              beans.registerBean(
                  WebhookSettings.class, () -> WebhookSettings.withSecret(WebhookServer.SECRET));
              beans.registerBean(DeliveryHandler.class, () -> _ -> new Outcome.Handled(List.of()));
              // the pool is this test's, not the context's
              beans.registerBean(
                  DataSource.class, () -> pool, definition -> definition.setDestroyMethodName(""));
              beans.registerBean(KeyRing.class, MemoryKeyRing::new);
              beans.registerBean(Clock.class, Clock::systemUTC);
              beans.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
            })
        .properties(
            "server.port=0",
            "server.shutdown=graceful",
            "spring.main.banner-mode=off",
            "axon.axonserver.enabled=false")
        .run();
  }

  @AfterEach
  void close() {
    context.close();
    pool.close();
  }

  private int post(String headers, String body) throws IOException {
    return RawHttp.post(
            port,
            WebhookController.PATH,
            RawHttp.basic(WebhookServer.SECRET) + headers,
            body.getBytes(StandardCharsets.UTF_8))
        .status();
  }

  @Test
  void brokenRequestsAreAnswered503ThereToo() throws IOException {
    assertThat(post("Content-Length: 2\r\n", "{}")).isEqualTo(202);
    assertThat(post("Transfer-Encoding: chunked\r\n", "zz\r\n[]\r\n0\r\n\r\n")).isEqualTo(503);
    assertThat(post("Content-Length: many\r\n", "[]")).isEqualTo(503);
    assertThat(post("Content-Type: ;;\r\nAccept: ///\r\nContent-Length: 2\r\n", "[]"))
        .isEqualTo(202);
  }

  @Test
  void theDocumentationNamesTheEndpointsAndNoInternals() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + port + "/v3/api-docs");
      String docs = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      assertThat(docs)
          .contains(
              "/webhooks/azure-devops",
              "/api/v1/inbox/deliveries/{id}/evict",
              "malformed-json",
              "Retry-After")
          .doesNotContain("\"principal\",\"in\"", "ServerWebExchange");
    }
  }

  @Test
  void whatIsAnswered202WhileTheProgramStopsIsDurable() throws Exception {
    var answered = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> senders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        senders.add(threads.submit(() -> sendUntilClosed(answered)));
      }
      while (answered.get() < 50) {
        Thread.sleep(1);
      }
      context.close();
      int accepted = 0;
      for (Future<Integer> sender : senders) {
        accepted += sender.get();
      }
      assertThat(accepted).isPositive();
      var stored =
          JdbcClient.create(pool)
              .sql("select count(*) from inbox.delivery")
              .query(Integer.class)
              .single();
      assertThat(stored).isGreaterThanOrEqualTo(accepted);
      assertThat(
              JdbcClient.create(pool)
                  .sql("select count(*) from inbox.lane_lease")
                  .query(Integer.class)
                  .single())
          .isZero();
    }
  }

  /** How many were answered 202; never anything but 202 and 503 until the server is gone. */
  private int sendUntilClosed(AtomicInteger answered) {
    int accepted = 0;
    while (true) {
      try {
        String body = "{\"n\": \"" + UUID.randomUUID() + "\"}";
        int status = post("Content-Length: " + body.length() + "\r\n", body);
        assertThat(status).isIn(0, 202, 503);
        answered.incrementAndGet();
        accepted += status == 202 ? 1 : 0;
      } catch (IOException gone) {
        return accepted;
      }
    }
  }
}

package io.countersign.command.webhook;

import static io.countersign.command.webhook.RawHttp.basic;
import static io.countersign.command.webhook.RawHttp.length;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.inbox.DeliveryHandler.Outcome;
import io.countersign.command.webhook.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class WebhookEndpointTest {

  private static final DeliveryHandler HANDLED = _ -> new Outcome.Handled(List.of());

  private static WebhookSettings settings(@Nullable String previous, @Nullable String token) {
    return new WebhookSettings(
        WebhookSettings.USER,
        WebhookServer.SECRET,
        previous,
        token,
        2 << 20,
        Duration.ofSeconds(10));
  }

  private static WebhookServer server(@Nullable String previous, @Nullable String token) {
    return new WebhookServer(settings(previous, token), HANDLED, Map.of());
  }

  private static Answer post(WebhookServer server, String path, String authorization, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return RawHttp.post(server.port(), path, authorization + length(bytes), bytes);
  }

  @Test
  void aWrongOrMissingSecretIsAnswered401AndStoresNothing() throws IOException {
    try (var server = server(null, null)) {
      for (String authorization :
          List.of(
              "",
              basic("wrong"),
              basic(""),
              basic(WebhookServer.SECRET + "x"),
              "Authorization: Bearer " + WebhookServer.SECRET + "\r\n",
              "Authorization: Basic ???\r\n",
              "Authorization: Basic\r\n",
              basic(WebhookServer.SECRET).replace("Basic", "Digest"))) {
        Answer answer = post(server, WebhookController.PATH, authorization, "{}");
        assertThat(answer.status()).as(authorization).isEqualTo(401);
        assertThat(answer.text().toLowerCase(Locale.ROOT)).contains("www-authenticate: basic");
      }
      assertThat(server.count("delivery")).isZero();
      assertThat(server.count("body")).isZero();
    }
  }

  @Test
  void bothSecretsAreGoodDuringRotationAndOnlyTheCurrentOneAfterIt() throws IOException {
    try (var server = server("previous-secret", null)) {
      assertThat(post(server, WebhookController.PATH, basic(WebhookServer.SECRET), "1").status())
          .isEqualTo(202);
      assertThat(post(server, WebhookController.PATH, basic("previous-secret"), "2").status())
          .isEqualTo(202);
      assertThat(post(server, WebhookController.PATH, basic("other"), "3").status()).isEqualTo(401);
    }
    try (var server = server(null, null)) {
      assertThat(post(server, WebhookController.PATH, basic("previous-secret"), "2").status())
          .isEqualTo(401);
    }
  }

  @Test
  void aConfiguredPathTokenIsNeededBesideTheSecret() throws IOException {
    try (var server = server(null, "k3Jx0vQ2")) {
      String good = basic(WebhookServer.SECRET);
      assertThat(post(server, WebhookController.PATH, good, "1").status()).isEqualTo(401);
      assertThat(post(server, WebhookController.PATH + "/", good, "2").status()).isEqualTo(401);
      assertThat(post(server, WebhookController.PATH + "/k3Jx0vQ", good, "3").status())
          .isEqualTo(401);
      assertThat(post(server, WebhookController.PATH + "/k3Jx0vQ2", basic("x"), "4").status())
          .isEqualTo(401);
      assertThat(post(server, WebhookController.PATH + "/k3Jx0vQ2", good, "5").status())
          .isEqualTo(202);
      assertThat(server.count("delivery")).isOne();
    }
  }

  @Test
  void withoutAConfiguredPathTokenAnyLastPartIsAccepted() throws IOException {
    try (var server = server(null, null)) {
      String good = basic(WebhookServer.SECRET);
      assertThat(post(server, WebhookController.PATH + "/old-token", good, "1").status())
          .isEqualTo(202);
      assertThat(post(server, WebhookController.PATH + "/", good, "2").status()).isEqualTo(202);
    }
  }

  @Test
  void otherMethodsStoreNothing() throws IOException {
    try (var server = server(null, null)) {
      for (String method : List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE")) {
        String head =
            method
                + " "
                + WebhookController.PATH
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + basic(WebhookServer.SECRET)
                + "\r\n";
        Answer answer = RawHttp.send(server.port(), head, new byte[0]);
        assertThat(answer.status()).as(method).isIn(200, 405);
      }
      assertThat(server.count("delivery")).isZero();
    }
  }

  @Test
  void theSameDeliveryTwiceIsOneDeliveryWithTheFirstReceipt() throws IOException {
    try (var server = server(null, null)) {
      Answer first =
          post(server, WebhookController.PATH, basic(WebhookServer.SECRET), "{\"id\": 1}");
      Answer second =
          post(server, WebhookController.PATH, basic(WebhookServer.SECRET), "{\"id\": 1}");
      assertThat(second.status()).isEqualTo(202);
      assertThat(body(second)).isEqualTo(body(first).replace("false", "true"));
      assertThat(server.count("delivery")).isOne();
    }
  }

  @Test
  void overloadIsAnswered503WithRetryAfterAndEverythingAnswered202IsHandled() throws Exception {
    Map<String, Object> small =
        Map.of(
            "countersign.inbox.max-backlog", "20",
            "countersign.inbox.max-queued", "4",
            "countersign.inbox.workers", "2",
            "countersign.inbox.retry-after", "7s");
    DeliveryHandler slow =
        _ -> {
          Thread.sleep(20);
          return new Outcome.Handled(List.of());
        };
    try (var server = new WebhookServer(settings(null, null), slow, small);
        var threads = Executors.newFixedThreadPool(40)) {
      List<Callable<Answer>> posts =
          IntStream.range(0, 200)
              .<Callable<Answer>>mapToObj(
                  i ->
                      () ->
                          post(
                              server,
                              WebhookController.PATH,
                              basic(WebhookServer.SECRET),
                              "{\"n\": " + i + "}"))
              .toList();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(posts)) {
        answers.add(answer.get());
      }
      assertThat(answers).extracting(Answer::status).containsOnly(202, 503);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 503)
          .allMatch(answer -> answer.text().toLowerCase(Locale.ROOT).contains("retry-after: 7"));
      long accepted = answers.stream().filter(answer -> answer.status() == 202).count();
      assertThat(server.count("delivery")).isEqualTo(accepted);
      await(() -> server.count("pending") == 0);
      assertThat(server.count("outcome where status = 'handled'")).isEqualTo(accepted);
    }
  }

  @Test
  void memoryForBodiesIsBoundedAndWhatDoesNotFitIsAnswered503() throws IOException {
    try (var server =
        new WebhookServer(
            settings(null, null), HANDLED, Map.of("countersign.inbox.max-held-bytes", "1000"))) {
      String good = basic(WebhookServer.SECRET);
      assertThat(post(server, WebhookController.PATH, good, "x".repeat(2000)).status())
          .isEqualTo(503);
      for (int i = 0; i < 5; i++) {
        assertThat(post(server, WebhookController.PATH, good, i + "x".repeat(900)).status())
            .isEqualTo(202);
      }
    }
  }

  @Test
  void whileStoppingAndWithoutADatabaseDeliveriesAreAnswered503() throws IOException {
    Map<String, Object> impatient = Map.of("countersign.inbox.stop-deadline", "1s");
    try (var server = new WebhookServer(settings(null, null), HANDLED, impatient)) {
      String good = basic(WebhookServer.SECRET);
      server.context.getBean(WebhookGate.class).stop();
      assertThat(post(server, WebhookController.PATH, good, "1").status()).isEqualTo(503);
      assertThat(post(server, WebhookController.PATH, basic("x"), "1").status()).isEqualTo(401);
      server.context.getBean(WebhookGate.class).start();
      assertThat(post(server, WebhookController.PATH, good, "1").status()).isEqualTo(202);
      server.pool.close();
      Answer answer = post(server, WebhookController.PATH, good, "2");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text().toLowerCase(Locale.ROOT)).contains("retry-after:");
    }
  }

  @Test
  void everyRecordedPayloadIsAcceptedAndHandledOnce() throws IOException {
    List<Path> payloads = payloads();
    Assumptions.assumeFalse(payloads.isEmpty(), "the shared payloads are not here");
    try (var server = server(null, null)) {
      for (Path payload : payloads) {
        byte[] bytes = Files.readAllBytes(payload);
        Answer answer =
            RawHttp.post(
                server.port(),
                WebhookController.PATH,
                basic(WebhookServer.SECRET) + length(bytes),
                bytes);
        assertThat(answer.status()).as(payload.getFileName().toString()).isEqualTo(202);
      }
      assertThat(server.count("delivery")).isEqualTo(payloads.size());
      await(() -> server.count("pending") == 0);
      assertThat(server.count("outcome where status = 'handled'")).isEqualTo(payloads.size());
      assertThat(server.count("delivery where lane not like 'delivery:%'"))
          .isGreaterThan(payloads.size() * 3L / 4);
    }
  }

  private static List<Path> payloads() throws IOException {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path folder = up.resolve("shared/data/azure-devops/payloads");
      if (Files.isDirectory(folder)) {
        try (var files = Files.list(folder)) {
          return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
      }
    }
    return List.of();
  }

  private static String body(Answer answer) {
    return answer.text().substring(answer.text().indexOf("\r\n\r\n") + 4);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not reached in 30 s");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

package io.countersign.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.countersign.sandbox.ServiceHookSender.Standing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceHookSenderTest {

  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<String> authorizations = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private HttpServer server;
  private ServiceHookSender sender;
  private Notification notification;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(answers.size() > 1 ? answers.pop() : answers.peek(), -1);
          exchange.close();
        });
    server.start();
    sender =
        new ServiceHookSender(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
            "azure-devops",
            "secret",
            duration -> pauses.add(duration.toSeconds()));
    notification =
        new WorkItemLife(new Subscriptions(new SandboxProject("example", "Shop")), 1, "Bug")
            .created(
                Instant.EPOCH,
                new SandboxPerson("Ann Example", "ann@example.org"),
                "Broken",
                "New");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsTheBytesWithBasicAuth() throws Exception {
    answers.add(202);

    assertThat(sender.send(notification)).isEqualTo(new Sent.Accepted(202, "", 1));
    assertThat(authorizations).containsExactly("Basic YXp1cmUtZGV2b3BzOnNlY3JldA==");
    assertThat(bodies).containsExactly(new String(notification.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void transientAnswersAreTriedAgainWithBackoff() throws Exception {
    answers.addAll(List.of(503, 408, 504, 202));

    assertThat(sender.send(notification)).isEqualTo(new Sent.Accepted(202, "", 4));
    assertThat(pauses).containsExactly(1L, 2L, 4L);
    assertThat(bodies).as("the same bytes each time").hasSize(4).containsOnly(bodies.getFirst());
  }

  @Test
  void afterEightRetriesAnOverloadedReceiverIsOnProbation() throws Exception {
    answers.add(503);

    assertThat(sender.send(notification)).isEqualTo(new Sent.Held(503, 9));
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(sender.standing()).isEqualTo(Standing.ON_PROBATION);
  }

  @Test
  void oneBadRequestAnswerLosesEverythingThatFollows() throws Exception {
    answers.addAll(List.of(400, 202));

    assertThat(sender.send(notification)).isEqualTo(new Sent.Held(400, 1));
    assertThat(sender.send(notification)).isEqualTo(new Sent.Lost());
    assertThat(bodies).hasSize(1);
  }

  @Test
  void tooManyRequestsIsNoTransientAnswer() throws Exception {
    answers.add(429);

    assertThat(sender.send(notification)).isEqualTo(new Sent.Held(429, 1));
    assertThat(pauses).isEmpty();
  }

  @Test
  void probationEndsWithTheFirstSuccess() throws Exception {
    answers.addAll(List.of(500, 500, 202));
    sender.send(notification);

    assertThat(sender.endProbation()).isEqualTo(new Sent.Accepted(202, "", 1));
    assertThat(pauses).containsExactly(20L * 60, 40L * 60);
    assertThat(sender.standing()).isEqualTo(Standing.ENABLED);
  }

  @Test
  void probationWithoutSuccessDisablesAfterThirtySixHours() throws Exception {
    answers.add(401);
    sender.send(notification);

    assertThat(sender.endProbation()).isEqualTo(new Sent.Disabled(401));
    assertThat(sender.standing()).isEqualTo(Standing.DISABLED_BY_SYSTEM);
    assertThat(Duration.ofSeconds(pauses.stream().mapToLong(Long::longValue).sum()))
        .isEqualTo(Duration.ofHours(36));
  }

  @Test
  void goneDisablesAtOnce() throws Exception {
    answers.add(410);

    assertThat(sender.send(notification)).isEqualTo(new Sent.Disabled(410));
    assertThat(sender.send(notification)).isEqualTo(new Sent.Lost());
  }

  @Test
  void noAnswerIsTriedAgain() throws Exception {
    server.stop(0);

    assertThat(sender.send(notification)).isEqualTo(new Sent.Held(0, 9));
  }
}

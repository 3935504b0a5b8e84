package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a service principal: had once, renewed in time, and never shown. */
final class CredentialTest {

  private static final String ITEM =
      "{\"id\":5,\"rev\":4,\"fields\":{\"System.State\":\"Active\"}}";
  private static final WorkItemPatch CLOSE = WorkItemPatch.state(3, "Closed", null);

  private final ClientUnderTest client = ClientUnderTest.withPrincipal();

  @AfterEach
  void close() {
    client.close();
  }

  private static String token(String text) {
    return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"%s\"}"
        .formatted(text);
  }

  private List<String> paths() {
    return client.server.seen().stream().map(seen -> seen.path().replaceAll("\\?.*", "")).toList();
  }

  private String authorization() {
    return String.valueOf(client.server.last().headers().get("Authorization"));
  }

  @Test
  void aTokenIsHadOnceAndUsedUntilItIsAboutToExpire() {
    client.server.json(200, token("one")).json(200, ITEM).json(200, ITEM);

    client.workItems().get(5);
    client.workItems().get(5);

    assertThat(paths())
        .containsExactly(
            "/token", "/fabrikam/_apis/wit/workitems/5", "/fabrikam/_apis/wit/workitems/5");
    assertThat(authorization()).isEqualTo("Bearer one");
    assertThat(client.server.seen().getFirst().body())
        .isEqualTo(
            "grant_type=client_credentials&client_id=client&client_secret="
                + ClientUnderTest.CLIENT_SECRET
                + "&scope=499b84ac-1321-427f-aa17-267ca6975798%2F.default");
    assertThat(client.organization().credentialExpiresAt())
        .isEqualTo(ClientUnderTest.START.plusSeconds(3599));

    client.clock.move(Duration.ofMinutes(56));
    client.server.json(200, token("two")).json(200, ITEM);
    client.workItems().get(5);

    assertThat(authorization()).isEqualTo("Bearer two");
  }

  @Test
  void aTokenThatStillHoldsIsUsedWhileNoneOtherIsToBeHad() {
    client.server.json(200, token("one")).json(200, ITEM);
    client.workItems().get(5);

    client.clock.move(Duration.ofMinutes(56));
    client.server.json(503, "").json(200, ITEM).json(200, ITEM);
    client.workItems().get(5);
    client.workItems().get(5);

    assertThat(authorization()).isEqualTo("Bearer one");
    assertThat(paths().stream().filter("/token"::equals)).hasSize(2);
  }

  @Test
  void aTokenThatIsNotAcceptedAnyMoreIsReplacedEvenForAWrite() {
    client
        .server
        .json(200, token("one"))
        .json(401, "{\"typeKey\":\"UnauthorizedRequestException\",\"message\":\"TF400813\"}")
        .json(200, token("two"))
        .json(200, ITEM);

    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("ok");
    assertThat(authorization()).isEqualTo("Bearer two");
  }

  @Test
  void aSecondRefusalIsTheAnswer() {
    client
        .server
        .json(200, token("one"))
        .bytes(203, "text/html", ScriptedServer.utf8("<html>"))
        .json(200, token("two"))
        .bytes(203, "text/html", ScriptedServer.utf8("<html>"));

    assertThat(client.workItems().get(5).outcome()).isEqualTo("unauthorized");
    assertThat(client.server.seen()).hasSize(4);
  }

  @Test
  void aRefusedPrincipalIsToldWithCodesOnly() {
    client.server.json(
        401,
        """
        {"error":"invalid_client","error_codes":[7000215],
         "error_description":"AADSTS7000215: Invalid client secret %s provided"}
        """
            .formatted(ClientUnderTest.CLIENT_SECRET));

    Answer<RemoteWorkItem> answer = client.workItems().get(5);

    assertThat(answer.outcome()).isEqualTo("unauthorized");
    assertThat(((Answer.Failure<?>) answer).why())
        .isEqualTo("not signed in: Entra gives no token: 401 invalid_client AADSTS7000215");
    assertThat(answer.toString()).doesNotContain(ClientUnderTest.CLIENT_SECRET);
    assertThat(client.workItems().get(5)).isEqualTo(answer);
    assertThat(client.server.seen()).hasSize(1);
  }

  @Test
  void anEndpointForTokensThatIsDownIsNotARefusal() {
    client.server.json(503, "").json(503, "").json(503, "").json(503, "");

    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("unavailable");
  }

  @Test
  void manyWhoNeedATokenAskForOne() throws Exception {
    var waiting = new CountDownLatch(1);
    client.server.then(
        socket -> {
          try {
            waiting.await();
          } catch (InterruptedException e) {
            throw new java.io.IOException(e);
          }
          byte[] body = ScriptedServer.utf8(token("one"));
          socket
              .getOutputStream()
              .write(
                  ScriptedServer.utf8(
                      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                          .formatted(body.length)));
          socket.getOutputStream().write(body);
        });
    for (int i = 0; i < 6; i++) {
      client.server.json(200, ITEM);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(threads.submit(() -> client.workItems().get(5).outcome()));
      }
      waiting.countDown();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("ok");
      }
    }

    assertThat(paths().stream().filter("/token"::equals)).hasSize(1);
  }

  @Test
  void aSecretInAFileIsReadAtEachUseAndAMissingOneIsToldWithItsPlace(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("pat");
    var token = new AccessToken(new Secret(file, null, _ -> null));

    assertThat(((Answer.Failure<?>) token.authorization()).why())
        .isEqualTo("not signed in: there is no personal access token in the file " + file);
    Files.writeString(file, "first\n");
    assertThat(token.authorization()).isEqualTo(new Answer.Ok<>("Basic OmZpcnN0", null, null));
    Files.writeString(file, "second\n");
    assertThat(token.authorization()).isEqualTo(new Answer.Ok<>("Basic OnNlY29uZA==", null, null));
  }
}

package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.JsonNode;

final class ServerTest {

  private final TestServer server = TestServer.shared();

  @Test
  void isAliveAndReadyWithoutAToken() {
    assertThat(server.send("GET", "/health/live", "", "").statusCode()).isEqualTo(200);
    var ready = server.send("GET", "/health/ready", "", "");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .contains("\"database\":\"up\"", "\"accepting\":\"up\"", "\"warnings\":[]");
  }

  @Test
  void theRootSaysWhatThisIsAndWhereToGoOn() {
    assertThat(server.json("/").path("docs").asString("")).isEqualTo("/docs");
    var root = server.send("GET", "/", "", "");
    assertThat(root.statusCode()).isEqualTo(200);
    assertThat(root.body()).contains("Countersign", "/docs", "/health/ready");
  }

  @Test
  void theApiNamesTheWebhookOnce() {
    assertThat(server.json("/v3/api-docs").path("paths").propertyNames())
        .filteredOn(path -> path.startsWith("/webhooks"))
        .containsExactly("/webhooks/azure-devops");
  }

  @Test
  void metricsAreOpenOnTheLoopbackAddress() {
    var metrics = server.send("GET", "/metrics", "", "");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("# TYPE hikaricp_connections_active gauge");
  }

  @Test
  void describesItselfInOpenApi31WithEachPermission() {
    JsonNode api = server.json("/v3/api-docs");
    assertThat(api.path("openapi").asString("")).startsWith("3.1");
    assertThat(api.path("info").path("title").asString("")).isEqualTo("Countersign");
    assertThat(api.at("/components/securitySchemes/token/scheme").asString("")).isEqualTo("bearer");
    JsonNode add = api.at("/paths/~1api~1v1~1principals/post");
    assertThat(add.path("x-permission").asString("")).isEqualTo("MANAGE_PRINCIPALS");
    assertThat(add.path("parameters").isEmpty()).isTrue();
    JsonNode approve = api.at("/paths/~1api~1v1~1work-items~1{id}~1approvals/post/responses");
    assertThat(approve.propertyNames()).contains("200", "404", "409");
    assertThat(approve.at("/409/content/application~1problem+json").toString())
        .contains("/problems/gate-refused");
  }

  @Test
  void theLogIsThereForWhoMayReadIt() {
    assertThat(server.send("GET", "/api/v1/log/entries", "", "").statusCode()).isEqualTo(401);
    assertThat(server.send("GET", "/api/v1/log/entries", server.operatorToken(), "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void documentationIsServedAtDocs() {
    var docs = server.send("GET", "/docs", "", "");
    assertThat(docs.statusCode()).isBetween(300, 399);
    var page = server.send("GET", docs.headers().firstValue("Location").orElseThrow(), "", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui");
  }

  @Test
  void nothingElseOfTheLibrariesIsReachable() {
    for (String path : new String[] {"/actuator", "/actuator/env", "/login", "/logout"}) {
      assertThat(server.send("GET", path, server.operatorToken(), "").statusCode())
          .as(path)
          .isEqualTo(404);
    }
  }

  @Test
  void transactionsAndSerializersAreTheOnesWeNamed() {
    var context = server.server().context();
    assertThat(context.getBean(TransactionManager.class))
        .isInstanceOf(SpringTransactionManager.class);
    assertThat(context.getBean(org.springframework.transaction.PlatformTransactionManager.class))
        .isInstanceOf(JdbcTransactionManager.class);
    assertThat(context.getBean("serializer", Serializer.class))
        .isInstanceOf(Jackson3Serializer.class);
  }

  @Test
  void leavesTokensSecretsAndItsAddressForItsOwner() throws IOException {
    var directory = server.directory();
    for (var secret :
        new java.nio.file.Path[] {
          directory.operatorToken().path(), directory.webhookSecret().path()
        }) {
      assertThat(Files.getPosixFilePermissions(secret))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    var file = ServerFile.read(directory.serverFile()).orElseThrow();
    assertThat(file.url()).isEqualTo(server.server().url());
    assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void theBannerSaysWhereEverythingIsAndNoSecret() {
    assertThat(server.server().banner())
        .contains(server.server().url(), "audit, command, query", "operator.token")
        .doesNotContain(server.operatorToken())
        .doesNotContain(server.directory().webhookSecret().read().orElseThrow());
  }
}

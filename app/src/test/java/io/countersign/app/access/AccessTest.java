package io.countersign.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.serve.TestServer;
import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.RequiresPermission;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AccessTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final TestServer server = TestServer.shared();

  @Test
  void aHandlerThatDeclaresNothingIsRefusedToAll() {
    assertThat(get("/test/undeclared", "").statusCode()).isEqualTo(401);
    assertThat(get("/test/undeclared", server.operatorToken()).statusCode()).isEqualTo(403);
    assertThat(get("/test/open", "").statusCode()).isEqualTo(200);
  }

  @Test
  void everyHandlerOfOursDeclaresAPermissionOrWhyItNeedsNone() {
    var mapping =
        server
            .server()
            .context()
            .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    assertThat(mapping.getHandlerMethods().values())
        .filteredOn(handler -> handler.getBeanType().getName().startsWith("io.countersign."))
        .filteredOn(handler -> !handler.getMethod().getName().equals("undeclared"))
        .hasSizeGreaterThan(10)
        .allMatch(
            handler ->
                handler.hasMethodAnnotation(RequiresPermission.class)
                    || handler.hasMethodAnnotation(Open.class));
  }

  @Test
  void theActorIsThePrincipalOfTheToken() {
    assertThat(get("/test/who", server.operatorToken()).body()).isEqualTo("principal:operator");
  }

  @Test
  void withoutAKnownTokenTheAnswerIs401WithAChallenge() {
    for (String token : new String[] {"", "cs_guess", Token.random().text()}) {
      var answer = get("/test/who", token);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer");
      assertThat(answer.body()).contains("\"type\":\"/problems/unauthenticated\"");
    }
  }

  @Test
  void anUnknownPathIsNotFound() {
    assertThat(get("/api/v1/nothing", server.operatorToken()).body())
        .contains("\"type\":\"/problems/not-found\"", "\"status\":404");
  }

  @Test
  void aRoleMayDoWhatItPermitsAndNothingElse() {
    String viewer = added("{\"name\":\"vera\",\"roles\":[\"viewer\"]}");
    assertThat(get("/test/who", viewer).body()).isEqualTo("principal:vera");
    var refused = get("/api/v1/principals", viewer);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("MANAGE_PRINCIPALS");
  }

  @Test
  void aRevokedPrincipalIsRefusedWithinTheTimeAnswersAreKept() throws InterruptedException {
    String token = added("{\"name\":\"temp\",\"roles\":[\"viewer\"],\"expires\":\"1d\"}");
    assertThat(get("/test/who", token).statusCode()).isEqualTo(200);
    assertThat(
            server
                .send("DELETE", "/api/v1/principals/temp", server.operatorToken(), "")
                .statusCode())
        .isEqualTo(204);
    long deadline = System.nanoTime() + TokenLookup.KEPT.plusSeconds(20).toNanos();
    int status;
    do {
      Thread.sleep(50);
      status = get("/test/who", token).statusCode();
    } while (status == 200 && System.nanoTime() < deadline);
    assertThat(status).isEqualTo(401);
  }

  @Test
  void aNameIsGivenOnceAndRequestsAreChecked() {
    assertThat(post("{\"name\":\"operator\",\"roles\":[\"viewer\"]}").statusCode()).isEqualTo(409);
    assertThat(post("{\"name\":\"x\",\"roles\":[\"king\"]}").body())
        .contains("unknown role 'king'");
    assertThat(post("{\"name\":\"X y\",\"roles\":[\"viewer\"]}").statusCode()).isEqualTo(400);
    assertThat(post("{\"roles\":[\"viewer\"]}").statusCode()).isEqualTo(400);
    assertThat(post("{\"name\":\"x\",\"roles\":[]}").statusCode()).isEqualTo(400);
    assertThat(post("{\"name\":\"x\",\"roles\":[\"viewer\"],\"expires\":\"2001-01-01\"}").body())
        .contains("in the past");
  }

  @Test
  void listsShowNoTokens() {
    String list = get("/api/v1/principals", server.operatorToken()).body();
    assertThat(list).contains("\"operator\"", "first-start").doesNotContain("cs_");
  }

  private String added(String body) {
    var answer = post(body);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode json = JSON.readTree(answer.body());
    return json.path("token").asString("");
  }

  private java.net.http.HttpResponse<String> post(String body) {
    return server.send("POST", "/api/v1/principals", server.operatorToken(), body);
  }

  private java.net.http.HttpResponse<String> get(String path, String token) {
    return server.send("GET", path, token, "");
  }
}

package io.countersign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, against an organization of four answers. */
final class AzureDevOpsCheckTest {

  private static final String SECRET = "a-secret-nobody-may-see";

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/token",
          "{\"access_token\":\"t\",\"expires_in\":3599}",
          "/fabrikam/_apis/connectionData",
          "{\"authenticatedUser\":{\"id\":\"1\",\"customDisplayName\":\"Countersign\"},\"instanceId\":\"fabrikam\"}",
          "/fabrikam/_apis/projects",
          "{\"value\":[{\"id\":\"p\",\"name\":\"Shop\",\"state\":\"wellFormed\"}]}",
          "/fabrikam/Shop/_apis/wit/workitemtypes",
          "{\"value\":[{\"name\":\"Bug\"}]}",
          "/fabrikam/_apis/hooks/subscriptions",
          "{\"value\":[]}");

  @TempDir Path folder;
  private HttpServer server;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String answer = ANSWERS.get(exchange.getRequestURI().getPath());
          byte[] body = (answer == null ? "" : answer).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(
              answer == null ? 401 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        CommandLineInterface.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String config(String organization) throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, SECRET);
    Path file = folder.resolve("countersign.yaml");
    Files.writeString(
        file,
        """
        countersign:
          azure-devops:
            organizations:
              - id: %s
                url: %s/%s
                tenant: t
                client-id: c
                client-secret-file: %s
                token-url: %s/token
        """
            .formatted(organization, address(), organization, secret, address()));
    return file.toString();
  }

  @Test
  void anOrganizationThatWorksIsToldWithItsTokenAndProjects() throws IOException {
    Result result = run("azure-devops", "check", "--config", config("fabrikam"));

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("fabrikam, with Entra client credentials until ")
        .contains("as Countersign")
        .contains("projects: Shop")
        .contains("not checked")
        .doesNotContain(SECRET);
  }

  @Test
  void theSameIsToldAsJson() throws IOException {
    Result result = run("azure-devops", "check", "--config", config("fabrikam"), "--json");

    JsonNode organization = new JsonMapper().readTree(result.out()).path("organizations").path(0);
    assertThat(organization.path("id").asString()).isEqualTo("fabrikam");
    assertThat(organization.path("fine").booleanValue()).isTrue();
    assertThat(organization.path("projects").path(0).asString()).isEqualTo("Shop");
    assertThat(organization.hasNonNull("expiresAt")).isTrue();
  }

  @Test
  void anOrganizationThatDoesNotKnowUsIsAFinding() throws IOException {
    Result result = run("azure-devops", "check", "--config", config("contoso"));

    assertThat(result.code()).isEqualTo(CommandLineInterface.FINDING);
    assertThat(result.out()).contains("signed in", "failed", "not signed in: 401");
  }

  @Test
  void whatIsNotConfiguredIsSaid() throws IOException {
    assertThat(run("azure-devops", "check").err())
        .contains("no organization is configured (countersign.azure-devops.organizations)");
    Result other =
        run("azure-devops", "check", "--config", config("fabrikam"), "--organization", "x");
    assertThat(other.code()).isEqualTo(CommandLineInterface.FAILED);
    assertThat(other.err()).contains("the organization x is not configured");
  }

  @Test
  void settingsThatCannotWorkAreRefusedInASentence() throws IOException {
    Path file = folder.resolve("c.yaml");
    Files.writeString(file, "countersign.azure-devops.organizations[0].id: fabrikam\n");
    assertThat(run("azure-devops", "check", "--config", file.toString()).err())
        .contains("the organization fabrikam needs one credential");
    Files.writeString(file, "countersign.azure-devops.organizations[0].idd: fabrikam\n");
    assertThat(run("azure-devops", "check", "--config", file.toString()).err())
        .contains("there is no setting countersign.azure-devops.organizations.idd");
    Files.writeString(file, "countersign: [\n");
    assertThat(run("azure-devops", "check", "--config", file.toString()).err())
        .contains("not valid YAML");
    assertThat(run("azure-devops", "check", "--config", folder + "/none").err())
        .contains("cannot read the configuration file");
  }
}

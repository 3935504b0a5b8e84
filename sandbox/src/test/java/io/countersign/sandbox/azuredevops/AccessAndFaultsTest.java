package io.countersign.sandbox.azuredevops;

import static io.countersign.sandbox.azuredevops.Rest.state;
import static io.countersign.sandbox.azuredevops.Rest.title;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.sandbox.HookPost;
import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who comes in, and what goes wrong when it is asked to. */
class AccessAndFaultsTest {

  private Instant now = Instant.parse("2026-11-20T09:00:00Z");
  private AzureDevOpsSandbox sandbox;
  private SandboxControl control;
  private Rest rest;

  @BeforeEach
  void start() {
    sandbox = AzureDevOpsSandbox.start(SandboxSettings.defaults().on(() -> now));
    control = sandbox.control();
    rest = Rest.of(sandbox);
    rest.create("Task", title("a"));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private JsonNode token(String secret) throws Exception {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(
                sandbox.settings().clientId(),
                secret,
                "499b84ac-1321-427f-aa17-267ca6975798%2F.default");
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.tokenUrl())
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return Wire.read(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  @Test
  void tokensOfTheDirectoryAreGoodUntilTheyExpire() throws Exception {
    assertThat(token("wrong").path("error").asString()).isEqualTo("invalid_client");
    JsonNode token = token("sandbox-secret");
    assertThat(token.path("expires_in").asInt()).isEqualTo(3600);
    Rest principal = rest.with("Bearer " + token.path("access_token").asString());
    assertThat(
            principal
                .change(1, state("Active"))
                .json()
                .path("fields")
                .path("System.ChangedBy")
                .path("displayName")
                .asString())
        .isEqualTo("Countersign");
    now = now.plus(Duration.ofMinutes(61));
    Rest.Got page = principal.get("_apis/wit/workitems/1");
    assertThat(page.status()).isEqualTo(203);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    Rest.Got write = principal.change(1, state("Closed"));
    assertThat(write.status()).isEqualTo(401);
    assertThat(write.typeKey()).isEqualTo("UnauthorizedRequestException");
  }

  @Test
  void strangersAreTurnedAwayWithoutAWord() {
    Rest.Got got = rest.with("").get("_apis/wit/workitems/1");
    assertThat(got.status()).isEqualTo(401);
    assertThat(got.response().body()).isEmpty();
    assertThat(rest.with(HookPost.basic("", "wrong")).get("_apis/projects").status())
        .isEqualTo(203);
  }

  @Test
  void withoutPermissionThereIsNothing() {
    var guest = new SandboxPerson("Gus Guest", "gus@x.example");
    control.person(guest, "gus");
    Rest asGuest = rest.with(HookPost.basic("", "gus"));
    assertThat(asGuest.get("_apis/wit/workitems/1").status()).isEqualTo(200);
    control.deny(guest, Permission.READ);
    Rest.Got hidden = asGuest.get("_apis/wit/workitems/1");
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.json().path("message").asString()).startsWith("TF401232: Work item 1 ");
    control.allow(guest, Permission.READ);
    control.deny(guest, Permission.WRITE);
    assertThat(asGuest.change(1, state("Active")).status()).isEqualTo(404);
  }

  @Test
  void writesNameTheVersionOfTheApi() {
    Rest.Got got = rest.post("_apis/wit/workitemsbatch", "{\"ids\":[1]}");
    assertThat(got.status()).isEqualTo(400);
    assertThat(got.typeKey()).isEqualTo("VssVersionNotSpecifiedException");
  }

  @Test
  void unknownAddressesHaveNoController() {
    Rest.Got got = rest.get("_apis/wit/nothing");
    assertThat(got.status()).isEqualTo(404);
    assertThat(got.response().body())
        .isEqualTo(
            "The controller for path '/_apis/wit/nothing' was not found or does not implement"
                + " IController.");
  }

  @Test
  void faultsBefallTheNextRequestsTheyMatch() {
    control.fault(Fault.of(Fault.Kind.CONFLICT, 2, "PATCH", "workitems/1"));
    assertThat(rest.get("_apis/wit/workitems/1").status()).isEqualTo(200);
    Rest.Got conflict = rest.change(1, state("Active"));
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.typeKey()).isEqualTo("WorkItemRevisionMismatchException");
    assertThat(control.faultsLeft()).singleElement().extracting(Fault::times).isEqualTo(1);
    assertThat(rest.change(1, state("Active")).status()).isEqualTo(409);
    assertThat(rest.change(1, state("Active")).status()).isEqualTo(200);
    assertThat(control.items().getFirst().rev()).isEqualTo(2);
  }

  @Test
  void everyKindOfFaultAnswersAsTheServiceDoes() {
    assertThat(faulty(Fault.Kind.PRECONDITION_FAILED).status()).isEqualTo(412);
    assertThat(faulty(Fault.Kind.NOT_FOUND).typeKey())
        .isEqualTo("WorkItemUnauthorizedAccessException");
    assertThat(faulty(Fault.Kind.SIGN_IN).status()).isEqualTo(203);
    Rest.Got blocked = faulty(Fault.Kind.TOO_MANY_REQUESTS);
    assertThat(blocked.status()).isEqualTo(429);
    assertThat(blocked.header("Retry-After")).isEqualTo("1");
    assertThat(blocked.json().path("message").asString()).startsWith("TF400733");
    Rest.Got slowed = faulty(Fault.Kind.RETRY_AFTER);
    assertThat(slowed.status()).isEqualTo(200);
    assertThat(slowed.header("Retry-After")).isEqualTo("1");
    assertThat(slowed.json().path("id").asInt()).isEqualTo(1);
    assertThat(faulty(Fault.Kind.UNAVAILABLE).header("Content-Type")).startsWith("text/html");
    assertThat(faulty(Fault.Kind.SERVER_ERROR).status()).isEqualTo(500);
    assertThat(faulty(Fault.Kind.EMPTY).response().body()).isEmpty();
    assertThat(faulty(Fault.Kind.BOM).response().body()).startsWith("\uFEFF{");
    assertThat(faulty(Fault.Kind.HTML).header("Content-Type")).startsWith("text/html");
    assertThat(control.faultsLeft()).isEmpty();
  }

  private Rest.Got faulty(Fault.Kind kind) {
    control.fault(Fault.of(kind, 1, "*", ""));
    return rest.get("_apis/wit/workitems/1");
  }

  @Test
  void connectionsAreClosedBeforeOrAfterTheWorkIsDone() {
    control.fault(Fault.of(Fault.Kind.RESET, 1, "PATCH", ""));
    assertThatThrownBy(() -> rest.change(1, state("Active")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(control.items().getFirst().rev()).isEqualTo(1);
    control.fault(Fault.of(Fault.Kind.RESET_AFTERWARDS, 1, "PATCH", ""));
    assertThatThrownBy(() -> rest.change(1, state("Active")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(control.items().getFirst().rev()).isEqualTo(2);
  }

  @Test
  void inAnOutageNothingIsServedButTheControl() {
    control.outage(Duration.ofHours(1));
    assertThat(rest.get("_apis/wit/workitems/1").status()).isEqualTo(503);
    Rest.Got items = rest.get("../_sandbox/items");
    assertThat(items.json().path("count").asInt()).isEqualTo(1);
    control.clearFaults();
    assertThat(rest.get("_apis/wit/workitems/1").status()).isEqualTo(200);
  }

  @Test
  void controlOverHttpSaysWhatItDoesNotUnderstand() {
    Rest.Got wrong = rest.post("../_sandbox/faults", "{\"kind\":\"NONSENSE\"}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(rest.post("../_sandbox/faults", "{\"kind\":\"conflict\",\"times\":3}").status())
        .isEqualTo(204);
    assertThat(control.faultsLeft()).singleElement().extracting(Fault::times).isEqualTo(3);
    assertThat(rest.get("../_sandbox").response().body()).contains("POST   /_sandbox/faults");
  }
}

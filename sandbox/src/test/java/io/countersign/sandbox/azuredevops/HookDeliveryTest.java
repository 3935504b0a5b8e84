package io.countersign.sandbox.azuredevops;

import static io.countersign.sandbox.azuredevops.Rest.state;
import static io.countersign.sandbox.azuredevops.Rest.title;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Service hooks are delivered, retried, put on probation, lost and disabled as the real ones. */
class HookDeliveryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ALL = "_apis/hooks/subscriptions?api-version=7.1";

  private AzureDevOpsSandbox sandbox;
  private HookReceiver receiver;
  private Rest rest;

  @BeforeEach
  void start() throws Exception {
    // 183 seconds of retries in 2 ms, 36 hours of probation in 1.3 s
    sandbox = AzureDevOpsSandbox.start(SandboxSettings.defaults().fasterBy(100_000));
    receiver = new HookReceiver();
    rest = Rest.of(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
    receiver.close();
  }

  private UUID subscribe(String eventType) {
    return sandbox
        .control()
        .subscribe(receiver.url(), "hook", "secret", List.of(eventType))
        .getFirst();
  }

  private void quiet() throws InterruptedException {
    assertThat(sandbox.control().awaitHooks(PATIENCE)).isTrue();
  }

  @Test
  void updateIsToldInTheShapeOfTheCapturedOne() throws Exception {
    subscribe("workitem.updated");
    rest.create("Requirement", title("a"));
    rest.as("Priya Patel <priya@x.example>").change(1, state("Active"));
    quiet();
    JsonNode told = receiver.bodies().getFirst();
    assertThat(receiver.authorizations()).containsOnly("Basic aG9vazpzZWNyZXQ=");
    assertThat(told.propertyNames())
        .containsExactly(
            "subscriptionId",
            "notificationId",
            "id",
            "eventType",
            "publisherId",
            "message",
            "detailedMessage",
            "resource",
            "resourceVersion",
            "resourceContainers",
            "createdDate");
    JsonNode resource = told.path("resource");
    assertThat(resource.path("id").asInt()).isEqualTo(2);
    assertThat(resource.path("workItemId").asInt()).isEqualTo(1);
    assertThat(resource.path("revisedBy").path("uniqueName").asString())
        .isEqualTo("priya@x.example");
    assertThat(resource.path("revisedDate").asString()).isEqualTo("9999-01-01T00:00:00Z");
    assertThat(resource.path("revision").path("fields").path("System.ChangedBy").asString())
        .isEqualTo("Priya Patel <priya@x.example>");
    assertThat(told.path("resourceContainers").path("project").path("id").asString())
        .isEqualTo(sandbox.control().projectId("Fabrikam").toString());
  }

  @Test
  void commentIsToldTwiceAndNobodyIsToldOfWhatIsSuppressed() throws Exception {
    sandbox.control().subscribe(receiver.url(), "hook", "secret");
    rest.create("Task", title("a"));
    rest.changeWith(1, "&suppressNotifications=true", title("b"));
    rest.post(
        "Fabrikam/_apis/wit/workItems/1/comments?api-version=7.1-preview.4", "{\"text\":\"hm\"}");
    rest.send("DELETE", "_apis/wit/workitems/1?api-version=7.1", "", "");
    quiet();
    assertThat(receiver.eventTypes())
        .containsExactlyInAnyOrder(
            "workitem.created", "workitem.updated", "workitem.commented", "workitem.deleted");
  }

  @Test
  void passingTroubleIsTriedAgain() throws Exception {
    UUID id = subscribe("workitem.created");
    receiver.answer(503, 8);
    rest.create("Task", title("a"));
    quiet();
    assertThat(receiver.bodies()).hasSize(9);
    assertThat(receiver.bodies().stream().map(body -> body.path("id").asString()).distinct())
        .hasSize(1);
    assertThat(sandbox.control().subscriptionStatus(id)).isEqualTo("enabled");
    JsonNode past = history(id);
    assertThat(past.path("details").path("requestAttempts").asInt()).isEqualTo(9);
    assertThat(past.path("result").asString()).isEqualTo("succeeded");
  }

  private JsonNode history(UUID id) {
    return rest.get("_apis/hooks/subscriptions/" + id + "/notifications/1").json();
  }

  @Test
  void errorsThatLastPutItOnProbationWhereNewEventsAreLost() throws Exception {
    UUID id = subscribe("workitem.created");
    receiver.answer(500, Integer.MAX_VALUE);
    rest.create("Task", title("a"));
    quiet();
    assertThat(sandbox.control().subscriptionStatus(id)).isEqualTo("onProbation");
    rest.create("Task", title("b"));
    assertThat(sandbox.control().notificationsLost()).isEqualTo(1);
    receiver.answer(202, Integer.MAX_VALUE);
    awaitStatus(id, "enabled");
    rest.create("Task", title("c"));
    quiet();
    assertThat(receiver.titles()).contains("a", "c").doesNotContain("b");
  }

  private void awaitStatus(UUID id, String status) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!sandbox.control().subscriptionStatus(id).equals(status)) {
      assertThat(System.nanoTime()).as("%s in time", status).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void whatTheSystemDisabledStaysDisabledOnPut() throws Exception {
    UUID id = subscribe("workitem.created");
    receiver.answer(410, 1);
    rest.create("Task", title("a"));
    quiet();
    assertThat(sandbox.control().subscriptionStatus(id)).isEqualTo("disabledBySystem");
    String path = "_apis/hooks/subscriptions/" + id + "?api-version=7.1";
    String asRead = rest.get(path).response().body();
    String enabled = asRead.replace("disabledBySystem", "enabled");
    Rest.Got put = rest.send("PUT", path, "application/json", enabled);
    assertThat(put.json().path("status").asString()).isEqualTo("disabledBySystem");
    assertThat(rest.send("DELETE", path, "", "").status()).isEqualTo(204);
    assertThat(rest.get(path).status()).isEqualTo(404);
  }

  @Test
  void passwordIsMaskedWhenReadAndKeptWhenItComesBackMasked() throws Exception {
    String body =
        """
        {"publisherId":"tfs","eventType":"workitem.created","resourceVersion":"1.0",
         "consumerId":"webHooks","consumerActionId":"httpRequest",
         "publisherInputs":{"projectId":"%s","workItemType":"Task"},
         "consumerInputs":{"url":"%s","basicAuthUsername":"u","basicAuthPassword":"p",
           "messagesToSend":"none"}}
        """
            .formatted(sandbox.control().projectId("Fabrikam"), receiver.url());
    Rest.Got made = rest.post(ALL, body);
    assertThat(made.json().path("consumerInputs").path("basicAuthPassword").asString())
        .isEqualTo("********");
    String path = "_apis/hooks/subscriptions/" + made.json().path("id").asString();
    rest.send("PUT", path + "?api-version=7.1", "application/json", made.response().body());
    rest.create("Requirement", title("not asked for"));
    rest.create("Task", title("asked for"));
    quiet();
    assertThat(receiver.titles()).containsExactly("asked for");
    assertThat(receiver.authorizations()).containsExactly("Basic dTpw");
    assertThat(receiver.bodies().getFirst().path("message").isNull()).isTrue();
  }

  @Test
  void notificationsCanBeFetchedAgainWithTheirEvent() throws Exception {
    UUID id = subscribe("workitem.created");
    receiver.answer(410, 1);
    rest.create("Task", title("missed"));
    quiet();
    String query =
        "{\"subscriptionIds\":[\"%s\"],\"resultType\":\"failed\",\"includeDetails\":true}"
            .formatted(id);
    JsonNode found = rest.post("_apis/hooks/notificationsquery?api-version=7.1", query).json();
    JsonNode event = found.path("results").path(0).path("details").path("event");
    assertThat(event.path("resource").path("fields").path("System.Title").asString())
        .isEqualTo("missed");
    assertThat(found.path("summary").path(0).path("results").path(0).path("result").asString())
        .isEqualTo("failed");
  }

  @Test
  void mischiefOfOneSeedBefallsTheSameNotifications() throws Exception {
    subscribe("workitem.created");
    var mischief = new HookMischief(0.2, 0.1, 0.2, 0.2, Duration.ofMillis(20), 7);
    var random = new SplittableRandom(7);
    List<HookMischief.Fate> fates =
        Stream.generate(() -> mischief.fate(random.nextDouble())).limit(60).toList();
    sandbox.control().hooksMisbehave(mischief);
    for (int i = 1; i <= 60; i++) {
      rest.create("Task", title("" + i));
    }
    quiet();
    long lost = fates.stream().filter(fate -> fate == HookMischief.Fate.LOST).count();
    long doubled = fates.stream().filter(fate -> fate == HookMischief.Fate.DOUBLED).count();
    assertThat(lost).isPositive();
    assertThat(doubled).isPositive();
    assertThat(sandbox.control().notificationsLost()).isEqualTo((int) lost);
    List<Integer> told = receiver.titles().stream().map(Integer::valueOf).toList();
    assertThat(told.stream().distinct()).hasSize(60 - (int) lost);
    assertThat(told).hasSize(60 - (int) lost + (int) doubled);
    assertThat(told).isNotEqualTo(told.stream().sorted().toList());
  }

  @Test
  void sampleOfTheTestButtonIsNobodysWorkItem() throws Exception {
    String body =
        """
        {"details":{"publisherId":"tfs","eventType":"workitem.updated","consumerId":"webHooks",
          "consumerActionId":"httpRequest","publisherInputs":{},"consumerInputs":{"url":"%s"}}}
        """
            .formatted(receiver.url());
    rest.post("_apis/hooks/testnotifications?api-version=7.1", body);
    quiet();
    JsonNode told = receiver.bodies().getFirst();
    assertThat(told.path("subscriptionId").asString())
        .isEqualTo("00000000-0000-0000-0000-000000000000");
    assertThat(told.path("id").asString()).isEqualTo("27646e0e-b520-4d2b-9411-bba7524947cd");
    assertThat(told.path("resource").path("workItemId").asInt(-1)).isZero();
  }
}

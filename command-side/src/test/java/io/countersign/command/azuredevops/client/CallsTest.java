package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.client.HookCalls.Subscription;
import io.countersign.command.azuredevops.client.ReportingCalls.From;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each operation sends and how it reads what it gets. */
final class CallsTest {

  private final ClientUnderTest client = ClientUnderTest.withToken();

  @AfterEach
  void close() {
    client.close();
  }

  private static <T> Answer.Ok<T> ok(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Ok.class);
    return (Answer.Ok<T>) answer;
  }

  private static String items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(id -> "{\"id\":%d,\"rev\":1,\"fields\":{}}".formatted(id))
        .collect(Collectors.joining(",", "{\"value\":[", "]}"));
  }

  @Test
  void aBatchIsAskedForInPartsAndLeavesOutWhatIsNotThere() {
    client
        .server
        .json(200, items(1, 201))
        .json(200, "{\"value\":[null,{\"id\":202,\"rev\":1,\"fields\":{}}]}");

    List<Integer> ids = IntStream.rangeClosed(1, 202).boxed().toList();
    assertThat(ok(client.workItems().batch(ids)).value()).hasSize(201);
    assertThat(client.server.last().body())
        .isEqualTo("{\"ids\":[201,202],\"$expand\":\"All\",\"errorPolicy\":\"omit\"}");
  }

  @Test
  void aPartOfABatchThatFailsFailsAllOfIt() {
    client.server.json(200, items(1, 201)).json(403, "");

    List<Integer> ids = IntStream.rangeClosed(1, 202).boxed().toList();
    assertThat(client.workItems().batch(ids).outcome()).isEqualTo("refused");
  }

  @Test
  void updatesAreReadInPages() {
    client.server.json(200, items(1, 201)).json(200, items(201, 203));

    Slice first = ok(client.workItems().updates(5, 0)).value();
    assertThat(first.last()).isFalse();
    Slice second = ok(client.workItems().updates(5, 200)).value();
    assertThat(second.last()).isTrue();
    assertThat(second.items()).hasSize(2);
    assertThat(client.server.last().path())
        .isEqualTo("/fabrikam/_apis/wit/workitems/5/updates?$top=200&$skip=200&api-version=7.1");
  }

  @Test
  void commentsAreAPreviewAndGoOnWithAToken() {
    client
        .server
        .json(200, "{\"comments\":[{\"id\":1}],\"continuationToken\":\"n\"}")
        .json(200, "{\"comments\":[]}")
        .json(200, "{\"id\":9}");

    Slice first = ok(client.workItems().comments("Our project", 5, null)).value();
    assertThat(first.last()).isFalse();
    assertThat(ok(client.workItems().comments("p", 5, first.token())).value().last()).isTrue();
    assertThat(client.server.last().path()).contains("continuationToken=n");
    assertThat(client.server.seen().getFirst().path())
        .startsWith("/fabrikam/Our%20project/_apis/wit/workItems/5/comments?")
        .endsWith("api-version=7.1-preview.4");
    assertThat(ok(client.workItems().comment("p", 5, "<b>x</b>")).value()).isEqualTo(9);
  }

  @Test
  void aQueryAnswersNumbers() {
    client.server.json(200, "{\"queryType\":\"flat\",\"workItems\":[{\"id\":3},{\"id\":4}]}");

    assertThat(ok(client.workItems().query(null, "SELECT [System.Id] FROM WorkItems", 10)).value())
        .containsExactly(3, 4);
  }

  @Test
  void everythingThatChangedIsReadFromAWatermarkOn() {
    client
        .server
        .json(200, "{\"values\":[{\"id\":1}],\"continuationToken\":\"w1\",\"isLastBatch\":false}")
        .json(200, "{\"values\":[],\"continuationToken\":\"w2\",\"isLastBatch\":true}")
        .json(200, "{\"values\":[],\"isLastBatch\":false}");

    var since = From.time(Instant.parse("2026-11-01T00:00:00Z"));
    Slice first = ok(client.organization().reporting().revisions("p", since, List.of())).value();
    assertThat(client.server.last().path())
        .startsWith("/fabrikam/p/_apis/wit/reporting/workitemrevisions?includeDeleted=true")
        .contains("startDateTime=2026-11-01T00%3A00%3A00Z");
    Slice second =
        ok(client.organization().reporting().revisions("p", From.after(first), List.of())).value();
    assertThat(client.server.last().path())
        .contains("continuationToken=w1")
        .doesNotContain("start");
    assertThat(second.last()).isTrue();
    assertThat(second.token()).isEqualTo("w2");
    assertThat(client.organization().reporting().links("p", From.after(second)).outcome())
        .as("no token and no end: the next call would begin anew")
        .isEqualTo("refused");
  }

  @Test
  void statesAndTypesOfAProjectAreRead() {
    client
        .server
        .json(200, "{\"value\":[{\"name\":\"User Story\",\"referenceName\":\"M.US\"}]}")
        .json(200, "{\"value\":[{\"name\":\"Active\",\"category\":\"InProgress\"}]}");

    assertThat(ok(client.organization().projects().types("p")).value())
        .containsExactly(new ProjectCalls.ItemType("User Story", "M.US", false));
    assertThat(ok(client.organization().projects().states("p", "User Story")).value())
        .containsExactly(new ProjectCalls.ItemState("Active", "InProgress"));
    assertThat(client.server.last().path()).contains("/workitemtypes/User%20Story/states?");
  }

  @Test
  void aListOfHooksThatFailsHalfwayIsNoList() {
    client
        .server
        .json(200, "{\"value\":[{\"id\":\"a\",\"eventType\":\"workitem.created\"}]}")
        .json(200, "{\"count\":3}");

    assertThat(
            client
                .organization()
                .hooks()
                .list(List.of("workitem.created", "workitem.updated"))
                .outcome())
        .isEqualTo("refused");
  }

  @Test
  void hooksTellHowTheyFare() {
    client.server.json(
        200,
        """
        {"value":[{"id":"a","eventType":"workitem.updated","status":"onProbation",
          "probationRetries":3,"publisherInputs":{"projectId":"p1"},
          "consumerInputs":{"url":"https://x/y","basicAuthPassword":"********"}}]}
        """);

    Subscription hook =
        ok(client.organization().hooks().list(List.of("workitem.updated"))).value().getFirst();

    assertThat(hook.delivers()).isFalse();
    assertThat(hook.probationRetries()).isEqualTo(3);
    assertThat(hook.project()).isEqualTo("p1");
    assertThat(client.server.last().path())
        .contains("publisherId=tfs&eventType=workitem.updated&consumerId=webHooks");
  }

  @Test
  void aHookIsMadeSoThatItsPasswordIsConfidential() {
    client.server.json(200, "{\"id\":\"a\",\"eventType\":\"workitem.updated\"}");

    client
        .organization()
        .hooks()
        .create(
            new HookCalls.Wanted(
                "workitem.updated", "p1", URI.create("https://x/y"), "azure-devops", "s3cret"));

    assertThat(client.server.last().body())
        .contains("\"basicAuthPassword\":\"s3cret\"")
        .contains("\"resourceVersion\":\"1.0\"")
        .doesNotContain("httpHeaders");
  }

  @Test
  void notificationsHoldWhatWasNotDelivered() {
    client.server.json(
        200,
        """
        {"value":[{"id":7,"result":"failed","createdDate":"2026-11-20T10:00:00.1",
          "eventId":"e","details":{"event":{"eventType":"workitem.updated"}}}]}
        """);

    var told = ok(client.organization().hooks().notifications("a", "failed", 50)).value();

    assertThat(told.getFirst().event().path("eventType").asString()).isEqualTo("workitem.updated");
    assertThat(told.getFirst().at()).isEqualTo("2026-11-20T10:00:00.100Z");
  }

  @Test
  void projectsAreListedToTheEnd() {
    String page =
        IntStream.range(0, 200)
            .mapToObj(i -> "{\"id\":\"i%d\",\"name\":\"n\",\"state\":\"wellFormed\"}".formatted(i))
            .collect(Collectors.joining(",", "{\"value\":[", "]}"));
    client.server.json(200, page).json(200, "{\"value\":[]}");

    assertThat(ok(client.organization().projects().list()).value()).hasSize(200);
    assertThat(client.server.last().path()).contains("$skip=200");
  }
}

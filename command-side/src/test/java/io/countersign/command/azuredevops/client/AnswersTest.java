package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every odd way in which the service answers is one value, for reads and for writes. */
final class AnswersTest {

  private static final String ITEM =
      "{\"id\":5,\"rev\":4,\"fields\":{\"System.State\":\"Active\"}}";
  private static final WorkItemPatch CLOSE = WorkItemPatch.state(3, "Closed", "because");

  private ClientUnderTest client = ClientUnderTest.withToken();

  @AfterEach
  void close() {
    client.close();
  }

  private static String fault(String typeKey, String message) {
    return "{\"$id\":\"1\",\"message\":\"%s\",\"typeKey\":\"%s\",\"errorCode\":0}"
        .formatted(message, typeKey);
  }

  private Fault faultOf(Answer<?> answer) {
    return switch (answer) {
      case Answer.Conflict<?>(Fault fault) -> fault;
      case Answer.RuleBroken<?>(Fault fault) -> fault;
      case Answer.Refused<?>(Fault fault) -> fault;
      case Answer.NotFoundOrNotPermitted<?>(Fault fault) -> fault;
      case Answer.Unauthorized<?>(Fault fault) -> fault;
      default -> throw new AssertionError(answer);
    };
  }

  @Test
  void aWorkItemIsAskedForAsTheServiceWantsIt() {
    client.server.json(200, ITEM, "ActivityId: 3f5004fe-4e2e-4196-9826-313d96a8e909");

    Answer<RemoteWorkItem> answer = client.workItems().get(5);

    assertThat(answer).isInstanceOf(Answer.Ok.class);
    var ok = (Answer.Ok<RemoteWorkItem>) answer;
    assertThat(ok.rev()).isEqualTo(4);
    assertThat(ok.activity()).isEqualTo("3f5004fe-4e2e-4196-9826-313d96a8e909");
    assertThat(ok.value().field("System.State").asString()).isEqualTo("Active");
    ScriptedServer.Seen seen = client.server.last();
    assertThat(seen.path())
        .isEqualTo("/fabrikam/_apis/wit/workitems/5?$expand=All&api-version=7.1");
    assertThat(seen.headers())
        .containsEntry("X-TFS-FedAuthRedirect", "Suppress")
        .containsEntry("Authorization", "Basic OnBhdC10aGF0LW5vYm9keS1tYXktc2Vl");
    assertThat(client.calls("work-item", "ok")).isEqualTo(1);
  }

  @Test
  void aChangeIsOneConditionalDocumentOfTheRightType() {
    client.server.json(200, ITEM);

    Answer<RemoteWorkItem> answer = client.workItems().patch(5, CLOSE);

    assertThat(answer.outcome()).isEqualTo("ok");
    ScriptedServer.Seen seen = client.server.last();
    assertThat(seen.method()).isEqualTo("PATCH");
    assertThat(seen.headers()).containsEntry("Content-Type", "application/json-patch+json");
    assertThat(seen.body())
        .isEqualTo(
            "[{\"op\":\"test\",\"path\":\"/rev\",\"value\":3},"
                + "{\"op\":\"add\",\"path\":\"/fields/System.State\",\"value\":\"Closed\"},"
                + "{\"op\":\"add\",\"path\":\"/fields/System.History\",\"value\":\"because\"}]");
  }

  @Test
  void aDryRunSaysSoAndMayKeepTheRevision() {
    client.server.json(200, ITEM.replace("\"rev\":4", "\"rev\":3"));

    assertThat(client.workItems().validate(5, CLOSE).outcome()).isEqualTo("ok");
    assertThat(client.server.last().path()).contains("?validateOnly=true&");
  }

  @Test
  void aWriteThatMadeNoRevisionWasNotSaved() {
    client.server.json(200, ITEM.replace("\"rev\":4", "\"rev\":3"));

    assertThat(faultOf(client.workItems().patch(5, CLOSE)).typeKey()).isEqualTo(Fault.NOT_SAVED);
  }

  @ParameterizedTest
  @CsvSource({
    "412, TestPatchOperationFailedException, conflict",
    "409, WorkItemRevisionMismatchException, conflict",
    "400, RuleValidationException, rule-broken",
    "400, RelationAlreadyExistsException, refused",
    "403, PermissionDeniedException, refused",
    "404, WorkItemUnauthorizedAccessException, not-found-or-not-permitted",
    "401, UnauthorizedRequestException, unauthorized"
  })
  void errorsAreToldApartByStatusAndTypeKey(int status, String typeKey, String outcome) {
    client.server.json(status, fault(typeKey, "VS403351: words of the service"));

    Answer<RemoteWorkItem> answer = client.workItems().patch(5, CLOSE);

    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(faultOf(answer).typeKey()).isEqualTo(typeKey);
    assertThat(faultOf(answer).message()).isEqualTo("VS403351: words of the service");
    assertThat(faultOf(answer).needs()).contains("vso.work_write");
    assertThat(client.server.seen()).hasSize(1);
    assertThat(client.calls("work-item-patch", outcome)).isEqualTo(1);
  }

  @Test
  void refusalsForLackOfRightsNameTheScope() {
    client.server.json(403, fault("PermissionDeniedException", "user5@example.com may not"));

    String told = ((Answer.Failure<?>) client.workItems().patch(5, CLOSE)).why();

    assertThat(told).contains("PermissionDeniedException").contains("vso.work_write");
    assertThat(told).doesNotContain("user5@example.com");
  }

  @Test
  void aSignInPageIsNoAnswer() {
    client
        .server
        .bytes(203, "text/html", ScriptedServer.utf8("<html>Sign in</html>"))
        .bytes(200, "text/html", ScriptedServer.utf8("<html>Sign in</html>"))
        .bytes(200, "application/json", ScriptedServer.utf8("{\"id\":5,"))
        .json(203, ITEM)
        .bytes(302, "", new byte[0], "Location: https://login.example.com/");

    for (int i = 0; i < 5; i++) {
      Fault fault = faultOf(client.workItems().get(5));
      assertThat(fault.typeKey()).isEqualTo(Fault.SIGN_IN_PAGE);
    }
    assertThat(client.server.seen()).hasSize(5);
  }

  @Test
  void aByteOrderMarkBeforeJsonIsPassedOver() {
    client
        .server
        .json(200, "\uFEFF" + ITEM)
        .json(404, "\uFEFF" + fault("WorkItemUnauthorizedAccessException", "TF401232"));

    assertThat(client.workItems().get(5).outcome()).isEqualTo("ok");
    assertThat(faultOf(client.workItems().get(5)).typeKey())
        .isEqualTo("WorkItemUnauthorizedAccessException");
  }

  @Test
  void errorsWithoutABodyOrWithAPageForPeopleAreStillValues() {
    client
        .server
        .bytes(401, "", new byte[0])
        .bytes(404, "text/plain", ScriptedServer.utf8("The controller for path was not found"));

    assertThat(client.workItems().get(5).outcome()).isEqualTo("unauthorized");
    assertThat(faultOf(client.workItems().get(5)).typeKey()).isEqualTo(Fault.UNNAMED);
  }

  @Test
  void whatIsRemovedIsAnsweredWithAnObjectOrNothing() {
    client.server.json(200, "{\"id\":5}").bytes(204, "", new byte[0]);

    assertThat(client.workItems().delete(5).outcome()).isEqualTo("ok");
    assertThat(client.organization().hooks().delete("a").outcome()).isEqualTo("ok");
  }

  @Test
  void anAnswerOfAnotherShapeIsRefusedWhenReadAndUnknownWhenWritten() {
    client.server.json(200, "{\"count\":0}").json(200, "{\"count\":0}");

    assertThat(faultOf(client.workItems().get(5)).typeKey()).isEqualTo(Fault.OTHER_SHAPE);
    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("outcome-unknown");
  }

  @Test
  void anAnswerThatIsTooLongIsNotRead() {
    client.close();
    client = ClientUnderTest.forShortAnswers();
    client.server.json(200, " ".repeat(101) + ITEM).json(200, " ".repeat(101) + ITEM);

    assertThat(faultOf(client.workItems().get(5)).typeKey()).isEqualTo(Fault.TOO_LONG);
    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("outcome-unknown");
    assertThat(client.server.seen()).hasSize(2);
  }

  @Test
  void anOrganizationThatIsNotConfiguredIsNotCalled() {
    Answer<RemoteWorkItem> answer = client.organization("contoso").workItems().patch(5, CLOSE);

    assertThat(answer.outcome()).isEqualTo("not-configured");
    assertThat(((Answer.Failure<?>) answer).why())
        .isEqualTo("the organization contoso is not among countersign.azure-devops.organizations");
    assertThat(client.server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 408})
  void aWriteThatFailedSomewhereOnTheWayHasAnUnknownOutcome(int status) {
    client.server.json(status, "");

    assertThat(client.workItems().patch(5, CLOSE).outcome()).isEqualTo("outcome-unknown");
    assertThat(client.server.seen()).hasSize(1);
  }

  @Test
  void nothingThatIsPrintedShowsASecretOrWhatPeopleWrote() {
    client.server.json(200, ITEM.replace("Active", "something private"));
    Answer<RemoteWorkItem> answer = client.workItems().get(5);

    assertThat(answer + " " + CLOSE + " " + new Fault(400, "X", "private", null, "n"))
        .doesNotContain("private")
        .doesNotContain("because");
    assertThat(new AccessToken(new Secret(null, "PAT", _ -> ClientUnderTest.PAT)).toString())
        .doesNotContain(ClientUnderTest.PAT);
    assertThat(
            new HookCalls.Wanted("e", null, java.net.URI.create("https://x"), "u", "secret")
                .toString())
        .doesNotContain("secret");
    assertThat(client.pauses).isEqualTo(java.util.List.<Duration>of());
  }
}

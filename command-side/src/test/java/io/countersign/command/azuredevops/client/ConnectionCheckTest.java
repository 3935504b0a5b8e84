package io.countersign.command.azuredevops.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.client.ConnectionCheck.Report;
import io.countersign.command.azuredevops.client.ConnectionCheck.Step;
import io.countersign.command.azuredevops.client.ConnectionCheck.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a credential can do is found out by reading. */
final class ConnectionCheckTest {

  private static final String WE =
      """
      {"authenticatedUser":{"id":"22157d54-1821-6536-a446-928b06348385","subjectDescriptor":"svc.x",
       "providerDisplayName":"Countersign"},"instanceId":"2ad38d1e-3eaf-4769-931c-3a2da67bbb01"}
      """;

  private final ClientUnderTest client = ClientUnderTest.withToken();

  @AfterEach
  void close() {
    client.close();
  }

  private static Verdict verdict(Report report, String step) {
    return report.steps().stream()
        .filter(one -> one.name().equals(step))
        .map(Step::verdict)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everythingThatWorksIsToldAndWritingIsLeftOpen() {
    client
        .server
        .json(200, WE)
        .json(200, "{\"value\":[{\"id\":\"p1\",\"name\":\"Shop\",\"state\":\"wellFormed\"}]}")
        .json(200, "{\"value\":[{\"name\":\"Bug\"}]}")
        .json(200, "{\"value\":[{\"id\":\"a\",\"status\":\"disabledBySystem\"}]}");

    Report report = ConnectionCheck.of(client.organization());

    assertThat(report.isFine()).isTrue();
    assertThat(report.projects()).containsExactly("Shop");
    assertThat(report.steps())
        .contains(
            new Step("signed in", Verdict.OK, "as Countersign"),
            new Step(
                "service hooks",
                Verdict.OK,
                "1 subscriptions to workitem.updated, 0 of them deliver"));
    assertThat(verdict(report, "writing")).isEqualTo(Verdict.NOT_CHECKED);
    assertThat(verdict(report, "id")).as("webhooks tell another id").isEqualTo(Verdict.WARNING);
    assertThat(verdict(report, "credential")).as("tokens end").isEqualTo(Verdict.WARNING);
    assertThat(client.server.seen()).allMatch(seen -> seen.method().equals("GET"));
  }

  @Test
  void aCredentialThatIsNotGoodEndsTheCheck() {
    client.server.bytes(203, "text/html", ScriptedServer.utf8("<html>"));

    Report report = ConnectionCheck.of(client.organization());

    assertThat(report.isFine()).isFalse();
    assertThat(report.who()).isNull();
    assertThat(report.steps()).hasSize(1);
  }

  @Test
  void beingTakenForAnybodyIsNotBeingSignedIn() {
    client.server.json(
        200, WE.replaceFirst("22157d54[^\"]*", "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"));

    Report report = ConnectionCheck.of(client.organization());

    assertThat(report.isFine()).isFalse();
    assertThat(report.who()).isNull();
  }

  @Test
  void rightsThatAreMissingAreToldOneByOne() {
    client
        .server
        .json(200, WE)
        .json(200, "{\"value\":[{\"id\":\"p1\",\"name\":\"Shop\",\"state\":\"wellFormed\"}]}")
        .json(403, "{\"typeKey\":\"PermissionDeniedException\",\"message\":\"user may not\"}")
        .json(200, "{\"value\":[]}");

    Report report = ConnectionCheck.of(client.organization());

    assertThat(report.isFine()).isFalse();
    assertThat(verdict(report, "projects")).isEqualTo(Verdict.OK);
    assertThat(verdict(report, "work items")).isEqualTo(Verdict.FAILED);
    assertThat(verdict(report, "service hooks")).isEqualTo(Verdict.OK);
    assertThat(report.steps().toString()).contains("scope vso.work").doesNotContain("user may");
  }
}

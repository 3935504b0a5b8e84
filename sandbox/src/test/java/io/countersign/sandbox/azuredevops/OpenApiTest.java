package io.countersign.sandbox.azuredevops;

import static io.countersign.sandbox.azuredevops.Rest.childLink;
import static io.countersign.sandbox.azuredevops.Rest.rev;
import static io.countersign.sandbox.azuredevops.Rest.state;
import static io.countersign.sandbox.azuredevops.Rest.title;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.countersign.sandbox.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the sandbox answers is valid by the service's OpenAPI files. Skipped where they are not. */
class OpenApiTest {

  private static final Path FILES = Shared.folder("openapi3");
  private static final String PATCH = "application/json-patch+json";

  private final Map<String, OpenApiInteractionValidator> validators = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int checked;

  @Test
  void answersAreValidByTheFilesOfTheService() throws Exception {
    assumeTrue(Files.isDirectory(FILES), "the OpenAPI files are not beside this checkout");
    try (var sandbox = AzureDevOpsSandbox.start(SandboxSettings.defaults().fasterBy(1000));
        var receiver = new HookReceiver()) {
      Rest rest = Rest.of(sandbox);
      UUID hook = sandbox.control().subscribe(receiver.url(), "u", "p").getFirst();
      String wit = "workItemTracking-7.1";
      String items = "Fabrikam/_apis/wit/workitems/";
      check(rest, wit, "POST", items + "$Task", PATCH, "[" + title("a") + "]");
      check(rest, wit, "POST", items + "$Requirement", PATCH, "[" + title("b") + "]");
      check(rest, wit, "PATCH", items + "2", PATCH, "[" + rev(1) + "," + childLink(1) + "]");
      check(rest, wit, "PATCH", items + "1", PATCH, "[" + rev(1) + "," + state("Active") + "]");
      check(rest, wit, "GET", items + "1", "", "");
      String ids = "{\"ids\":[1,2],\"fields\":[\"System.Title\"]}";
      check(rest, wit, "POST", "Fabrikam/_apis/wit/workitemsbatch", "application/json", ids);
      check(rest, wit, "GET", "Fabrikam/_apis/wit/workItems/1/updates", "", "");
      check(rest, wit, "GET", "Fabrikam/_apis/wit/workItems/1/revisions", "", "");
      check(rest, wit, "GET", "Fabrikam/_apis/wit/workitemtypes", "", "");
      check(rest, wit, "GET", "Fabrikam/_apis/wit/workitemtypes/Task/states", "", "");
      check(rest, wit, "GET", "_apis/wit/workitemrelationtypes", "", "");
      check(rest, wit, "GET", "Fabrikam/_apis/wit/reporting/workitemrevisions", "", "");
      check(rest, wit, "GET", "Fabrikam/_apis/wit/reporting/workitemlinks", "", "");
      check(rest, wit, "DELETE", items + "1", "", "");
      String core = "core-7.1";
      check(rest, core, "GET", "_apis/projects", "", "");
      check(rest, core, "GET", "_apis/projects/Fabrikam", "", "");
      check(rest, core, "GET", "_apis/process/processes", "", "");
      String hooks = "serviceHooks-7.1";
      check(rest, hooks, "GET", "_apis/hooks/subscriptions", "", "");
      check(rest, hooks, "GET", "_apis/hooks/subscriptions/" + hook, "", "");
      check(rest, hooks, "GET", "_apis/hooks/publishers", "", "");
      check(rest, hooks, "GET", "_apis/hooks/publishers/tfs/eventtypes", "", "");
      assertThat(sandbox.control().awaitHooks(Duration.ofSeconds(30))).isTrue();
      String past = "_apis/hooks/subscriptions/" + hook + "/notifications";
      check(rest, hooks, "GET", past, "", "");
      check(rest, hooks, "GET", past + "/1", "", "");
    }
    assertThat(checked).isEqualTo(23);
    assertThat(findings).isEmpty();
  }

  private void check(
      Rest rest, String file, String method, String path, String contentType, String body) {
    Rest.Got got = rest.send(method, path + "?api-version=7.1", contentType, body);
    var request =
        new SimpleRequest.Builder(Request.Method.valueOf(method), "/fabrikam/" + path)
            .withQueryParam("api-version", "7.1")
            .withAuthorization("Basic OnNhbmRib3gtcGF0");
    if (!body.isEmpty()) {
      request.withContentType(contentType).withBody(body);
    }
    var response =
        SimpleResponse.Builder.status(got.status())
            .withContentType("application/json")
            .withBody(withoutNulls(got.json()).toString())
            .build();
    checked++;
    ValidationReport report = validator(file).validate(request.build(), response);
    for (ValidationReport.Message message : report.getMessages()) {
      if (message.getLevel() == ValidationReport.Level.ERROR) {
        findings.add(method + " " + path + ": " + message.getKey() + " " + message.getMessage());
      }
    }
  }

  private OpenApiInteractionValidator validator(String file) {
    return validators.computeIfAbsent(
        file,
        name ->
            OpenApiInteractionValidator.createForSpecificationUrl(
                    FILES.resolve(name + ".json").toUri().toString())
                .withResolveCombinators(true)
                .withLevelResolver(
                    LevelResolver.create()
                        .withLevel(
                            "validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build());
  }

  /** The files do not say which members can be null. */
  private static JsonNode withoutNulls(JsonNode json) {
    if (json instanceof ObjectNode object) {
      ObjectNode pruned = Wire.object();
      object.properties().stream()
          .filter(member -> !member.getValue().isNull())
          .forEach(member -> pruned.set(member.getKey(), withoutNulls(member.getValue())));
      return pruned;
    }
    if (json.isArray()) {
      var pruned = Wire.JSON.createArrayNode();
      json.forEach(element -> pruned.add(withoutNulls(element)));
      return pruned;
    }
    return json;
  }
}

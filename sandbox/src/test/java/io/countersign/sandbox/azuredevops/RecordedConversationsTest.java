package io.countersign.sandbox.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countersign.sandbox.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Conversations that were recorded with the real service, held again with the sandbox: the same
 * requests get answers with the same status, members and types. Skipped where the recordings are
 * not beside the checkout; what they showed is pinned in {@link WorkItemRestTest}.
 */
class RecordedConversationsTest {

  private static final Path RECORDINGS = Shared.folder("recordings/sequences");

  /** Members that the real service told and the sandbox leaves out, or that came with a version. */
  private static final Set<String> NOT_PRETENDED =
      Set.of(
          "multilineFieldsFormat",
          // an empty text stays in the real recycle bin
          "resource.fields.System.Tags");

  private static final Pattern PLACE = Pattern.compile("\"/relations/(\\d+)\"");

  private List<String> recordedLinks = List.of();
  private List<String> ourLinks = List.of();
  private Instant now = Instant.parse("2026-03-31T18:36:00Z");
  private final Map<String, String> ours = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({
    "workItemCreateShowUpdateDelete_older, WorkItemCreateShowUpdateDeleteTests, Basic",
    "boards_releations_create_remove, Elsewhere, Basic",
    "devops_projects_CreateListShowDelete, Elsewhere, Basic",
    "boards_work_item_tags_add_list_remove_tag, WorkItemAddListRemoveTagTests, Agile"
  })
  void recordedRequestsGetAnswersOfTheSameShape(String file, String project, String process)
      throws Exception {
    Path recording = RECORDINGS.resolve(file + ".json");
    assumeTrue(Files.exists(recording), "the recordings are not beside this checkout");
    List<String> differences = new ArrayList<>();
    InstantSource clock = () -> now;
    SandboxSettings settings = SandboxSettings.defaults().withProject(project, process).on(clock);
    try (var sandbox = AzureDevOpsSandbox.start(settings)) {
      for (JsonNode turn : Wire.read(Files.readString(recording)).path("interactions")) {
        replay(Rest.of(sandbox), turn, differences);
        now = now.plus(Duration.ofSeconds(5));
      }
    }
    assertThat(differences).isEmpty();
  }

  private void replay(Rest rest, JsonNode turn, List<String> differences) {
    JsonNode request = turn.path("request");
    String method = request.path("method").asString();
    String path =
        mapped(request.path("url").asString())
            .replaceFirst("https://dev.azure.com/fabrikam/", "")
            .replace(" ", "%20");
    if (!path.contains("api-version")) {
      path += (path.contains("?") ? "&" : "?") + "api-version=5.0";
    }
    JsonNode body = request.path("body");
    String type = request.path("headers").path("content-type").asString("application/json");
    String text = body.isNull() || body.isMissingNode() ? "" : mapped(inOurOrder(body));
    Rest.Got got = rest.send(method, path, type, text);
    String where = method + " " + path + ": ";
    JsonNode response = turn.path("response");
    if (got.status() != response.path("status").asInt()) {
      differences.add(where + got.status() + " instead of " + response.path("status").asInt());
      return;
    }
    JsonNode recorded = response.path("body");
    if (recorded.isObject()) {
      remember(recorded, got.json());
      compare("", recorded, got.json(), where, differences);
    }
  }

  /** The service lists links in an order of its own: the place of one is looked up in ours. */
  private String inOurOrder(JsonNode body) {
    String text = body.toString();
    Matcher place = PLACE.matcher(text);
    return place.replaceAll(
        found -> {
          String there = recordedLinks.get(Integer.parseInt(found.group(1)));
          return "\"/relations/" + ourLinks.indexOf(mapped(there)) + "\"";
        });
  }

  private static List<String> links(JsonNode item) {
    return item.path("relations")
        .valueStream()
        .map(link -> link.path("url").asString("").replaceAll(".*/", ""))
        .toList();
  }

  /** The numbers and ids of the recording stand for those of the sandbox from now on. */
  private void remember(JsonNode recorded, JsonNode here) {
    if (recorded.path("relations").size() > 1) {
      recordedLinks = links(recorded);
      ourLinks = links(here);
    }
    if (recorded.has("id") && here.has("id")) {
      ours.put(recorded.path("id").asString(""), here.path("id").asString(""));
    }
  }

  private String mapped(String text) {
    String result = text;
    for (Map.Entry<String, String> id : ours.entrySet()) {
      result = result.replaceAll("\\b" + id.getKey() + "\\b", id.getValue());
    }
    return result;
  }

  private static void compare(
      String path, JsonNode recorded, JsonNode here, String where, List<String> differences) {
    if (NOT_PRETENDED.contains(path)) {
      return;
    }
    if (recorded.isObject() && here.isObject()) {
      recorded
          .propertyNames()
          .forEach(
              name -> {
                String member = path.isEmpty() ? name : path + "." + name;
                if (!here.has(name) && !NOT_PRETENDED.contains(member)) {
                  differences.add(where + "does not tell " + member);
                }
              });
      here.propertyNames()
          .forEach(
              name -> {
                String member = path.isEmpty() ? name : path + "." + name;
                if (!recorded.has(name) && !NOT_PRETENDED.contains(member)) {
                  differences.add(where + "tells " + member + ", which was not recorded");
                } else if (recorded.has(name)) {
                  compare(member, recorded.get(name), here.get(name), where, differences);
                }
              });
    } else if (recorded.isArray() && here.isArray()) {
      if (!recorded.isEmpty() && !here.isEmpty()) {
        compare(path + "[]", recorded.get(0), here.get(0), where, differences);
      }
    } else if (recorded.getNodeType() != here.getNodeType()) {
      differences.add(
          "%s%s is %s instead of %s"
              .formatted(where, path, here.getNodeType(), recorded.getNodeType()));
    }
  }
}

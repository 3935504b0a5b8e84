package io.countersign.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What we send has the shape of what the service sent: {@code captured-update.json}. */
class CapturedShapeTest {

  private static final String HIERARCHY = "System.LinkTypes.Hierarchy-Reverse";
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00.120Z");
  private static final SandboxPerson ANN = new SandboxPerson("Ann Example", "ann@example.org");

  private static Notification ourUpdate() {
    var life =
        new WorkItemLife(
            new Subscriptions(new SandboxProject("example", "Shop")), 30, "User Story");
    life.created(AT, ANN, "Pay by invoice", "New");
    life.assigned(AT.plusSeconds(5), ANN, ANN);
    life.movedTo(AT.plusSeconds(7), ANN, "Active");
    life.linked(AT.plusSeconds(9), ANN, HIERARCHY, 12);
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("System.Description", "<div>as text</div>");
    return life.changed(AT.plusSeconds(60), ANN, changes);
  }

  /** Paths with kinds, without what is free: single fields and links beside the resource. */
  private static Map<String, String> structure(JsonNode envelope) {
    var paths = new TreeMap<>(Shape.of(envelope));
    paths.keySet().removeIf(path -> path.contains("/fields/") || path.contains("/_links/"));
    paths.keySet().removeIf(path -> path.startsWith("/message") || path.startsWith("/detailed"));
    return paths;
  }

  private static Map<String, String> fields(JsonNode envelope) {
    var paths = new TreeMap<>(Shape.of(envelope));
    paths.keySet().removeIf(path -> !path.contains("/fields/"));
    return paths;
  }

  @Test
  void updatesAreBuiltLikeTheCapturedOne() throws Exception {
    JsonNode captured =
        Wire.read(
            new String(
                CapturedShapeTest.class.getResourceAsStream("/captured-update.json").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
    JsonNode ours = Wire.read(ourUpdate().pretty());

    assertThat(structure(ours)).isEqualTo(structure(captured));
    Map<String, String> known = fields(captured);
    assertThat(fields(ours))
        .as("fields that both have are of one kind")
        .allSatisfy((path, kind) -> assertThat(kind).isEqualTo(known.getOrDefault(path, kind)));
    assertThat(fields(ours).keySet())
        .contains(
            "/resource/fields/System.Rev/oldValue",
            "/resource/fields/System.Watermark/newValue",
            "/resource/fields/System.ChangedDate/newValue",
            "/resource/fields/System.AuthorizedDate/oldValue",
            "/resource/fields/System.RevisedDate/newValue",
            "/resource/fields/System.Description/newValue",
            "/resource/revision/fields/System.State");
  }

  @Test
  void everyCapturedWorkItemEnvelopeHasOurMembers() throws Exception {
    Path payloads = payloads();
    assumeTrue(Files.isDirectory(payloads), "the captured payloads are not beside the repository");
    JsonNode ours = Wire.read(ourUpdate().pretty());
    for (String name :
        new String[] {
          "workitem.updated.captured.resourceVersion-1.0.json",
          "workitem.created.test-notification.json",
          "workitem.updated.test-notification.json"
        }) {
      JsonNode captured = Wire.read(Files.readString(payloads.resolve(name)));
      assertThat(ours.propertyNames()).as(name).containsExactlyElementsOf(captured.propertyNames());
      assertThat(ours.get("resourceContainers").propertyNames())
          .as(name)
          .containsExactlyElementsOf(captured.get("resourceContainers").propertyNames());
    }
  }

  private static Path payloads() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    return Path.of(
        System.getProperty("shared", root.resolveSibling("shared").toString()),
        "data/azure-devops/payloads");
  }
}

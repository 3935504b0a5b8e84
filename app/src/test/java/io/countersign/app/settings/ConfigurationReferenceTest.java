package io.countersign.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds docs/reference/configuration.md against the settings records. To write it anew: {@code
 * ./mvnw -pl app -am test -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dcountersign.writeDocs=true}.
 */
final class ConfigurationReferenceTest {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  @Test
  void theConfigurationReferenceSaysWhatTheRecordsSay() throws IOException {
    Path file = repository().resolve("docs/reference/configuration.md");
    String expected = reference();
    if (Boolean.getBoolean("countersign.writeDocs")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("stale: see this test's description for how to write it anew")
        .hasContent(expected);
  }

  private static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("mvnw"))) {
      here = here.getParent();
    }
    return here;
  }

  private static String reference() throws IOException {
    var text =
        new StringBuilder(
            """
            # Configuration

            Made from the settings records by `ConfigurationReferenceTest`: change the records, not this page.

            A setting can be given as an option of `countersign serve` (where one exists), in the environment, or in
            the YAML or properties file named by `--config FILE` or `COUNTERSIGN_CONFIG`. The option wins over the
            environment, the environment over the file. Durations are written `500ms`, `30s`, `5m`, `6h`.

            | setting | in the environment | default | what it is |
            |---|---|---|---|
            """);
    for (JsonNode property : properties()) {
      String name = property.path("name").asString("");
      text.append(
          "| `%s` | `%s` | %s | %s |\n"
              .formatted(
                  name,
                  name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                  shown(property.path("defaultValue")),
                  described(property.path("description").asString(""))));
    }
    return text.toString();
  }

  private static String described(String javadoc) {
    return javadoc.replaceAll("\\{@\\w+ ([^}]*)}", "`$1`").replace("|", "\\|");
  }

  private static String shown(JsonNode value) {
    return value.asString("").isEmpty() ? "" : "`" + value.asString("") + "`";
  }

  private static List<JsonNode> properties() throws IOException {
    var found = new TreeMap<String, JsonNode>();
    var json = new JsonMapper();
    ClassLoader loader = ConfigurationReferenceTest.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources(METADATA))) {
      try (InputStream in = url.openStream()) {
        for (JsonNode property : json.readTree(in).path("properties")) {
          String name = property.path("name").asString("");
          // records inside records have no value of their own
          if (name.startsWith("countersign.")
              && !property.path("description").asString("").isEmpty()) {
            found.put(name, property);
          }
        }
      }
    }
    assertThat(found)
        .as("every module's settings are described")
        .containsKeys("countersign.port", "countersign.inbox.workers", "countersign.query.segments")
        .containsKeys("countersign.database.embedded.port", "countersign.webhook.secret-file");
    return new ArrayList<>(found.values());
  }
}

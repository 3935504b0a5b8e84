package io.countersign.command.azuredevops;

import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.project.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the bytes of a delivery. Everything that is not a notification ends as a value that says
 * what is wrong and where.
 */
public final class NotificationParser {

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
  private static final Pattern ORGANIZATION_IN_URL =
      Pattern.compile(
          "https?://(?:[a-z0-9.]*dev\\.azure\\.com/([a-z0-9-]+)|([a-z0-9-]+)(?:\\.[a-z]+)?\\.visualstudio\\.com)(?:[/:].*)?",
          Pattern.CASE_INSENSITIVE);

  private final JsonMapper json;

  /** With limits on nesting, names and numbers. */
  public NotificationParser() {
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNameLength(1_000)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /**
   * Reads one.
   *
   * @param body as it was received
   * @param receivedAt stands in where the notification tells no time
   */
  public Parsed parse(byte[] body, Instant receivedAt) {
    try {
      return read(Place.root(json.readTree(body)), receivedAt);
    } catch (ShapeException e) {
      return quarantined(e.code(), e.detail());
    } catch (StreamConstraintsException e) {
      return quarantined("malformed-json", "too deep or too long " + where(e));
    } catch (JacksonException e) {
      return quarantined("malformed-json", "not JSON " + where(e));
    }
  }

  private static Parsed read(Place root, Instant receivedAt) {
    if (!root.isObject()) {
      return quarantined("not-a-notification", "an object expected at /");
    }
    if (NOBODY.equals(root.at("subscriptionId").text())) {
      return new Parsed.Answered(
          new Translation.Ignored(
              "test-delivery", "the subscription id is all zeros: sent by the test button"));
    }
    String eventType = root.at("eventType").text();
    if (eventType == null) {
      return quarantined("not-a-notification", "text expected at /eventType: this is no envelope");
    }
    NotificationKind kind = NotificationKind.of(eventType).orElse(null);
    if (kind == null) {
      return quarantined("unknown-event-type", "the event type at /eventType is not known");
    }
    JsonNode resource = root.at("resource").needObject().node();
    Instant at = root.at("createdDate").instant();
    OrganizationId organization = organization(root);
    return new Parsed.Read(
        new Notification(
            kind,
            organization,
            project(root, organization),
            root.at("resourceVersion").text(),
            at == null ? receivedAt : at,
            resource));
  }

  private static OrganizationId organization(Place root) {
    Place containers = root.at("resourceContainers");
    for (String container : List.of("collection", "account")) {
      Place id = containers.at(container, "id");
      String told = id.text();
      if (told != null && !told.equals(NOBODY)) {
        try {
          return new OrganizationId(told);
        } catch (IllegalArgumentException _) {
          throw ShapeException.wrong(id.shown(), "an organization id");
        }
      }
    }
    for (Place url :
        List.of(
            containers.at("collection", "baseUrl"),
            containers.at("account", "baseUrl"),
            root.at("resource", "url"))) {
      String name = inUrl(url.text());
      if (name != null) {
        return new OrganizationId(name);
      }
    }
    throw new ShapeException(
        "missing-organization", "an organization expected at /resourceContainers/collection/id");
  }

  private static @Nullable String inUrl(@Nullable String url) {
    if (url == null) {
      return null;
    }
    Matcher matcher = ORGANIZATION_IN_URL.matcher(url);
    if (!matcher.matches()) {
      return null;
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return name == null || name.length() > 64 || Set.of("www").contains(name) ? null : name;
  }

  /** Classic releases tell their project in the resource only. */
  private static @Nullable ProjectId project(Place root, OrganizationId organization) {
    for (Place id :
        List.of(
            root.at("resourceContainers").at("project", "id"),
            root.at("resource").at("project", "id"))) {
      String told = id.text();
      if (told != null && !told.isEmpty() && !told.equals(NOBODY)) {
        try {
          return new ProjectId(organization, told);
        } catch (IllegalArgumentException _) {
          throw ShapeException.wrong(id.shown(), "a project id");
        }
      }
    }
    return null;
  }

  private static Parsed quarantined(String code, String detail) {
    return new Parsed.Answered(new Translation.Quarantined(code, detail));
  }

  private static String where(JacksonException e) {
    return e.getLocation() == null
        ? "at the start"
        : "at line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /** The result of parsing. */
  public sealed interface Parsed {

    /** A notification to be translated. */
    record Read(Notification notification) implements Parsed {}

    /** Not one to be translated: ignored or quarantined. */
    record Answered(Translation translation) implements Parsed {}
  }
}

package io.countersign.command.inbox;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a look at the envelope tells, without building a tree. Never fails: what cannot be read is
 * absent. Only values of a harmless form are kept (ids, numbers, event types): they are stored in
 * clear.
 *
 * @param values lower-case path to text; last of duplicate keys wins, as for whoever parses it all
 * @param wellFormed whether the whole body was JSON within the limits
 */
record EnvelopePeek(Map<String, String> values, boolean wellFormed) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_TEXT = 300;
  private static final Pattern EVENT_TYPE = Pattern.compile("[A-Za-z0-9._-]{1,80}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final Set<String> BRANCHES =
      Set.of(
          "resource",
          "resource.revision",
          "resource.pullrequest",
          "resource.run",
          "resource.release",
          "resource.deployment",
          "resource.deployment.release",
          "resource.environment",
          "resource.approval",
          "resource.repository",
          "resourcecontainers",
          "resourcecontainers.collection",
          "resourcecontainers.account",
          "resourcecontainers.project");

  private static final Set<String> LEAVES =
      Set.of(
          "subscriptionid",
          "notificationid",
          "id",
          "eventtype",
          "resource.id",
          "resource.url",
          "resource.workitemid",
          "resource.revision.id",
          "resource.pullrequestid",
          "resource.pullrequest.pullrequestid",
          "resource.run.id",
          "resource.release.id",
          "resource.deployment.release.id",
          "resource.environment.releaseid",
          "resource.approval.id",
          "resource.alertid",
          "resource.queueid",
          "resource.changesetid",
          "resource.repository.id",
          "resource.repositoryid",
          "resourcecontainers.collection.id",
          "resourcecontainers.account.id",
          "resourcecontainers.project.id");

  /** Looks at a body, or at the beginning of one. */
  static EnvelopePeek of(byte[] body) {
    Map<String, String> values = new HashMap<>();
    boolean wellFormed = false;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        read(parser, "", values);
        wellFormed = parser.nextToken() == null;
      }
    } catch (RuntimeException limitOrSyntax) {
      // what was found before it still counts
    }
    return new EnvelopePeek(values, wellFormed);
  }

  private static void read(JsonParser parser, String prefix, Map<String, String> values) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = prefix + parser.currentName().toLowerCase(Locale.ROOT);
      JsonToken token = parser.nextToken();
      if (token == null) {
        return;
      }
      if (token == JsonToken.START_OBJECT && BRANCHES.contains(path)) {
        read(parser, path + ".", values);
      } else if (token.isScalarValue() && LEAVES.contains(path)) {
        values.remove(path);
        if (token != JsonToken.VALUE_NULL && parser.getStringLength() <= MAX_TEXT) {
          values.put(path, parser.getString());
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  @Nullable UUID subscriptionId() {
    return uuid(values.get("subscriptionid"));
  }

  @Nullable Long notificationId() {
    String text = values.get("notificationid");
    return text != null && NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
  }

  @Nullable UUID eventId() {
    return uuid(values.get("id"));
  }

  @Nullable String eventType() {
    String text = values.get("eventtype");
    return text != null && EVENT_TYPE.matcher(text).matches() ? text : null;
  }

  private static @Nullable UUID uuid(@Nullable String text) {
    if (text == null || text.length() != 36) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }
}

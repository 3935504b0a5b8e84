package io.countersign.command.inbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries must be handled one after the other: those about the same work item, or the same
 * other resource. Opaque: the kind, and a digest of organization and id.
 */
final class Lane {

  /** Most specific first: a comment on a pull request belongs to the pull request. */
  private static final String[][] RESOURCES = {
    {"pull-request", "resource.pullrequestid"},
    {"pull-request", "resource.pullrequest.pullrequestid"},
    {"approval", "resource.approval.id"},
    {"run", "resource.run.id"},
    {"release", "resource.release.id"},
    {"release", "resource.deployment.release.id"},
    {"release", "resource.environment.releaseid"},
    {"alert", "resource.alertid"},
    {"queue", "resource.queueid"},
    {"changeset", "resource.changesetid"},
    {"repository", "resource.repository.id"},
    {"repository", "resource.repositoryid"},
    {"resource", "resource.id"},
  };

  private static final Pattern POSITIVE = Pattern.compile("0*[1-9][0-9]{0,17}");

  private Lane() {}

  /** The lane of a delivery; one of its own when nothing tells what it is about. */
  static String of(EnvelopePeek peek, UUID deliveryId) {
    String type = peek.eventType() == null ? "" : peek.eventType().toLowerCase(Locale.ROOT);
    if (type.startsWith("workitem.")) {
      String id = workItem(peek, type);
      if (id != null) {
        return lane("work-item", peek, id);
      }
    } else if (!type.isEmpty()) {
      // a build is a resource by its plain id, though it names a queue and a repository as well
      if (type.startsWith("build.") && peek.values().get("resource.id") instanceof String id) {
        return lane("build", peek, id);
      }
      for (String[] resource : RESOURCES) {
        if (peek.values().get(resource[1]) instanceof String id) {
          return lane(resource[0], peek, id);
        }
      }
    }
    return peek.eventId() == null ? "delivery:" + deliveryId : "event:" + peek.eventId();
  }

  private static @Nullable String workItem(EnvelopePeek peek, String type) {
    String own = positive(peek.values().get("resource.workitemid"));
    if (own != null) {
      return own;
    }
    return positive(
        peek.values()
            .get(type.equals("workitem.updated") ? "resource.revision.id" : "resource.id"));
  }

  private static @Nullable String positive(@Nullable String number) {
    if (number == null || !POSITIVE.matcher(number).matches()) {
      return null;
    }
    int zeros = 0;
    while (number.charAt(zeros) == '0') {
      zeros++;
    }
    return number.substring(zeros);
  }

  private static String lane(String kind, EnvelopePeek peek, String id) {
    String place = organization(peek) + "\n" + kind + "\n" + id.toLowerCase(Locale.ROOT);
    byte[] digest = Digests.sha256(place.getBytes(StandardCharsets.UTF_8));
    return kind + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static String organization(EnvelopePeek peek) {
    for (String container : new String[] {"collection", "account", "project"}) {
      if (peek.values().get("resourcecontainers." + container + ".id") instanceof String id) {
        return id.toLowerCase(Locale.ROOT);
      }
    }
    try {
      String host = URI.create(peek.values().getOrDefault("resource.url", "")).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notUri) {
      return "";
    }
  }
}

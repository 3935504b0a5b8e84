package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.HookPost;
import io.countersign.sandbox.SandboxPerson;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A service hook: who is told what. Guarded by the lock of {@link Hooks}. */
final class Subscription {

  /** Of the notifications only the last are kept. */
  private static final int KEPT = 10_000;

  private final UUID id;
  private final EventType type;
  private final SandboxPerson createdBy;
  private final Instant createdAt;
  private final Deque<NotificationRecord> notifications = new ArrayDeque<>();
  private Map<String, String> publisherInputs;
  private Map<String, String> consumerInputs;
  private SandboxPerson modifiedBy;
  private Instant modifiedAt;
  private Status status = Status.ENABLED;
  private int probationRetries;
  private @Nullable Instant lastProbationRetry;
  private int lastNotification;
  private int lost;

  /** What the service thinks of it. */
  enum Status {
    ENABLED("enabled"),
    ON_PROBATION("onProbation"),
    DISABLED_BY_USER("disabledByUser"),
    DISABLED_BY_SYSTEM("disabledBySystem"),
    DISABLED_BY_INACTIVE_IDENTITY("disabledByInactiveIdentity");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  Subscription(
      UUID id,
      EventType type,
      Map<String, String> publisherInputs,
      Map<String, String> consumerInputs,
      SandboxPerson by,
      Instant at) {
    this.id = id;
    this.type = type;
    this.publisherInputs = publisherInputs;
    this.consumerInputs = consumerInputs;
    this.createdBy = by;
    this.createdAt = at;
    this.modifiedBy = by;
    this.modifiedAt = at;
  }

  /** Whether it asks for something that happened. */
  boolean wants(Happening happening) {
    return happening.publisher().equals(type.publisher())
        && happening.eventType().equals(type.id())
        && publisherInputs.entrySet().stream()
            .allMatch(input -> passes(input.getKey(), input.getValue(), happening));
  }

  private static boolean passes(String input, String value, Happening happening) {
    if (value.isEmpty()) {
      return true;
    }
    if (input.equals("projectId")) {
      return value.equalsIgnoreCase(happening.project().id().toString());
    }
    String fact = happening.facts().get(input);
    if (fact == null) {
      return true;
    }
    return switch (input) {
      case "areaPath" -> fact.equals(value) || fact.startsWith(value + "\\");
      case "tag", "changedFields" -> Arrays.asList(fact.split("[,;] *")).contains(value);
      case "commentPattern" -> fact.contains(value);
      case "branch" -> value.equals(fact) || ("refs/heads/" + value).equals(fact);
      default -> value.equalsIgnoreCase(fact);
    };
  }

  /** A new notification, noted in the history. */
  NotificationRecord note(UUID event, Instant at) {
    var notification = new NotificationRecord(++lastNotification, id, event, at);
    notifications.add(notification);
    if (notifications.size() > KEPT) {
      notifications.removeFirst();
    }
    return notification;
  }

  /** The headers its requests have. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-VSS-SubscriptionId", id.toString());
    for (String line : consumerInputs.getOrDefault("httpHeaders", "").split("\\R")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    String user = consumerInputs.getOrDefault("basicAuthUsername", "");
    String password = consumerInputs.getOrDefault("basicAuthPassword", "");
    if (!user.isEmpty() || !password.isEmpty()) {
      headers.put("Authorization", HookPost.basic(user, password));
    }
    return headers;
  }

  boolean sendsNone(String what) {
    return consumerInputs.getOrDefault(what, "").toLowerCase(Locale.ROOT).equals("none");
  }

  void modify(
      Map<String, String> publisher, Map<String, String> consumer, SandboxPerson by, Instant at) {
    publisherInputs = publisher;
    consumerInputs = consumer;
    modifiedBy = by;
    modifiedAt = at;
  }

  void status(Status next) {
    status = next;
    if (next == Status.ENABLED) {
      probationRetries = 0;
    }
  }

  void probationTried(Instant at) {
    probationRetries++;
    lastProbationRetry = at;
  }

  void countLost() {
    lost++;
  }

  UUID id() {
    return id;
  }

  EventType type() {
    return type;
  }

  Map<String, String> publisherInputs() {
    return publisherInputs;
  }

  Map<String, String> consumerInputs() {
    return consumerInputs;
  }

  SandboxPerson createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  SandboxPerson modifiedBy() {
    return modifiedBy;
  }

  Instant modifiedAt() {
    return modifiedAt;
  }

  Status status() {
    return status;
  }

  int probationRetries() {
    return probationRetries;
  }

  @Nullable Instant lastProbationRetry() {
    return lastProbationRetry;
  }

  int lost() {
    return lost;
  }

  List<NotificationRecord> notifications() {
    return List.copyOf(notifications);
  }
}

package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import io.countersign.sandbox.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The service hooks of the organization. */
final class Hooks implements AutoCloseable {

  /** A notification that waits for the next one is sent alone after this long. */
  private static final Duration HELD_AT_MOST = Duration.ofMillis(300);

  private final Place place;
  private final Moments moments;
  private final Map<UUID, Subscription> subscriptions = new LinkedHashMap<>();
  private final Map<UUID, Waiting> waiting = new HashMap<>();
  private final HookDelivery delivery;
  private HookMischief mischief = HookMischief.NONE;
  private SplittableRandom random = new SplittableRandom(1);

  /** One that waits until the next of its subscription is under way. */
  private record Waiting(NotificationRecord notification, String lane) {}

  Hooks(Place place, Moments moments, double speedUp) {
    this.place = place;
    this.moments = moments;
    this.delivery = new HookDelivery(this, moments, speedUp);
  }

  synchronized Subscription subscribe(
      EventType type,
      Map<String, String> publisherInputs,
      Map<String, String> consumerInputs,
      SandboxPerson by) {
    var subscription =
        new Subscription(
            UUID.randomUUID(), type, publisherInputs, consumerInputs, by, moments.now());
    subscriptions.put(subscription.id(), subscription);
    return subscription;
  }

  synchronized boolean unsubscribe(UUID id) {
    waiting.remove(id);
    return subscriptions.remove(id) != null;
  }

  /** Reads or changes one subscription, undisturbed. */
  synchronized <T> T with(UUID id, Function<Subscription, T> work) {
    Subscription subscription = subscriptions.get(id);
    if (subscription == null) {
      throw ApiError.notFound(
          "SubscriptionNotFoundException",
          "TF50602: The subscription with the id %s does not exist.".formatted(id));
    }
    return work.apply(subscription);
  }

  synchronized <T> T withAll(Function<List<Subscription>, T> work) {
    return work.apply(List.copyOf(subscriptions.values()));
  }

  synchronized void misbehave(HookMischief how) {
    mischief = how;
    random = new SplittableRandom(how.seed());
  }

  boolean awaitQuiet(Duration patience) throws InterruptedException {
    return delivery.awaitQuiet(patience);
  }

  /** Tells all subscriptions that want to know. */
  synchronized void tell(Happening happening) {
    UUID event = UUID.randomUUID();
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.wants(happening)) {
        tell(subscription, happening, event);
      }
    }
  }

  private void tell(Subscription subscription, Happening happening, UUID event) {
    if (subscription.status() != Subscription.Status.ENABLED) {
      subscription.countLost();
      return;
    }
    HookMischief.Fate fate = mischief.fate(random.nextDouble());
    if (fate == HookMischief.Fate.LOST) {
      subscription.countLost();
      return;
    }
    Instant now = moments.now();
    NotificationRecord notification = subscription.note(event, now);
    notification.is(envelope(subscription, notification, happening, now));
    switch (fate) {
      case LATE -> delivery.sendLate(subscription, notification, mischief.lateBy());
      case REORDERED -> {
        if (!waiting.containsKey(subscription.id())) {
          var held = new Waiting(notification, happening.lane());
          waiting.put(subscription.id(), held);
          releaseLater(subscription, held);
          return;
        }
        delivery.send(subscription, notification, happening.lane());
      }
      case DOUBLED -> {
        delivery.send(subscription, notification, happening.lane());
        delivery.send(subscription, notification, happening.lane());
      }
      default -> delivery.send(subscription, notification, happening.lane());
    }
    Waiting held = waiting.remove(subscription.id());
    if (held != null) {
      delivery.send(subscription, held.notification(), held.lane());
    }
  }

  private void releaseLater(Subscription subscription, Waiting held) {
    delivery.later(
        HELD_AT_MOST,
        () -> {
          synchronized (this) {
            if (waiting.remove(subscription.id(), held)) {
              delivery.send(subscription, held.notification(), held.lane());
            }
          }
        });
  }

  /** Sends a sample to somebody who need not be subscribed; once, and it is not waited for. */
  synchronized NotificationRecord test(Subscription subscription, Happening sample) {
    Instant now = moments.now();
    NotificationRecord notification = subscription.note(TestSamples.idOf(sample), now);
    ObjectNode envelope = envelope(subscription, notification, sample, now);
    notification.is(envelope);
    delivery.send(subscription, notification, "test");
    return notification;
  }

  private ObjectNode envelope(
      Subscription subscription, NotificationRecord notification, Happening happening, Instant at) {
    ObjectNode body = Wire.object();
    body.put("subscriptionId", subscription.id().toString());
    body.put("notificationId", notification.id());
    body.put("id", notification.eventId().toString());
    body.put("eventType", happening.eventType());
    body.put("publisherId", happening.publisher());
    body.set("message", message(subscription, "messagesToSend", happening.sentence()));
    body.set(
        "detailedMessage", message(subscription, "detailedMessagesToSend", happening.sentence()));
    if (!subscription.sendsNone("resourceDetailsToSend")) {
      body.set("resource", happening.resource());
    }
    body.put("resourceVersion", happening.resourceVersion());
    body.set("resourceContainers", place.containers(happening.project()));
    body.put("createdDate", Wire.envelopeTime(at));
    return body;
  }

  private static @Nullable ObjectNode message(
      Subscription subscription, String input, String sentence) {
    return subscription.sendsNone(input)
        ? null
        : Wire.object().put("text", sentence).put("html", sentence).put("markdown", sentence);
  }

  /** Notifications of some subscriptions, the newest first. */
  synchronized List<NotificationRecord> history(List<UUID> of) {
    List<NotificationRecord> all = new ArrayList<>();
    for (UUID id : of) {
      Subscription subscription = subscriptions.get(id);
      if (subscription != null) {
        all.addAll(subscription.notifications().reversed());
      }
    }
    return all;
  }

  @Override
  public void close() {
    delivery.close();
  }
}

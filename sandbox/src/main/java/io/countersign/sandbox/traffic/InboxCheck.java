package io.countersign.sandbox.traffic;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every acknowledged delivery is known to the inbox and came to an end there. */
final class InboxCheck {

  private static final String LIST = "/api/v1/inbox/deliveries";

  private final Map<String, Delivered> deliveries = new LinkedHashMap<>();
  private final Map<String, Noted> unanswered = new HashMap<>();

  private InboxCheck() {}

  static InboxCheck of(List<Noted> noted, ServerView server, FindingList findings)
      throws InterruptedException {
    var check = new InboxCheck();
    for (Noted one : noted) {
      String delivery = one.delivery();
      if (delivery != null) {
        check.deliveries.putIfAbsent(delivery, new Delivered(delivery, one));
      } else {
        check.unanswered.putIfAbsent(one.told().event().toString(), one);
      }
    }
    check.awaitHandling(server);
    server.pages(LIST + "?limit=500", "after", check::list);
    check.judge(findings);
    return check;
  }

  /** By delivery id, those that were not acknowledged but arrived among them. */
  Map<String, Delivered> byId() {
    return deliveries;
  }

  Collection<Delivered> deliveries() {
    return deliveries.values();
  }

  private void awaitHandling(ServerView server) throws InterruptedException {
    while (server.hasPatience()) {
      JsonNode page = server.get(LIST + "?status=received&limit=1");
      if (page.path("items").isEmpty()) {
        return;
      }
      server.pause();
    }
  }

  private void list(JsonNode listed) {
    String id = listed.path("id").asString();
    Delivered delivered = deliveries.get(id);
    if (delivered == null) {
      Noted noted = unanswered.get(listed.path("eventId").asString(""));
      if (noted == null || !isIt(noted.told(), listed)) {
        return;
      }
      delivered = new Delivered(id, noted);
      deliveries.put(id, delivered);
    }
    delivered.listed(
        listed.path("position").asLong(),
        listed.path("status").asString(),
        text(listed.path("code")));
  }

  private static boolean isIt(Told told, JsonNode listed) {
    return listed.path("notificationId").asLong(-1) == told.number()
        && listed.path("subscriptionId").asString("").equals(told.subscription().toString());
  }

  private void judge(FindingList findings) {
    for (Delivered delivered : deliveries.values()) {
      if (delivered.position() == 0) {
        findings.add(
            Finding.Code.MISSING,
            delivered.id(),
            "acknowledged as %s, but the inbox does not know the delivery"
                .formatted(delivered.noted().place()));
      } else if (!fits(delivered)) {
        findings.add(
            Finding.Code.NOT_HANDLED,
            delivered.id(),
            "%s (%s) is %s%s"
                .formatted(
                    delivered.noted().place(),
                    delivered.noted().told().type(),
                    delivered.status(),
                    delivered.code() == null ? "" : ": " + delivered.code()));
      }
    }
  }

  private static boolean fits(Delivered delivered) {
    String status = delivered.status();
    return switch (delivered.noted().told().expected()) {
      case FACTS -> List.of("handled", "ignored", "duplicate").contains(status);
      case QUARANTINED -> status.equals("quarantined");
      case IGNORED -> status.equals("ignored");
    };
  }

  private static @Nullable String text(JsonNode json) {
    return json.isMissingNode() || json.isNull() ? null : json.asString();
  }
}

package io.countersign.command.azuredevops;

import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.resource.ResourceEvent;
import io.countersign.kernel.resource.ResourceEvent.Observed;
import io.countersign.kernel.resource.ResourceId;
import io.countersign.kernel.workitem.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resources without a fact of their own: kept by member. */
record OtherTranslation(ResourceContext context) {

  private static final int MOST_MEMBERS = 200;
  private static final int DEEPEST = 6;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Set<String> LEFT_OUT = Set.of("_links", "url", "imageUrl");
  private static final Set<String> IN_CLEAR =
      Set.of(
          "state",
          "status",
          "severity",
          "type",
          "alertType",
          "result",
          "messageType",
          "dismissalType",
          "visibility",
          "defaultBranch",
          "gitRef");

  ResourceEvent repository() {
    Place repository = context.resource().at("repository", "id");
    return observed(
        context.id(
            "repository",
            repository.isAbsent() ? context.resource().at("repositoryId") : repository));
  }

  ResourceEvent changeset() {
    return observed(context.id("changeset", context.resource().at("changesetId")));
  }

  ResourceEvent check() {
    return observed(inProject("check", context.resource().at("checkConfigurationId")));
  }

  ResourceEvent endpoint() {
    return observed(context.id("endpoint", context.resource().at("id")));
  }

  ResourceEvent agentQueue() {
    return observed(inProject("agentqueue", context.resource().at("queueId")));
  }

  ResourceEvent agentPool() {
    Place pool = context.resource().at("poolId");
    return observed(context.id("agentpool", pool.isAbsent() ? context.resource().at("id") : pool));
  }

  /** Alert numbers are told apart by repository, which is told by URL only. */
  ResourceEvent alert() {
    Place alert = context.resource().at("alertId");
    String repository = context.resource().at("repositoryUrl").needText();
    UUID digest = UUID.nameUUIDFromBytes(repository.getBytes(StandardCharsets.UTF_8));
    return observed(context.id("alert", alert, digest + "/" + alert.needText()));
  }

  ResourceEvent message() {
    return observed(
        context.id("message", context.resource().at("postedRoomId"), context.resource().at("id")));
  }

  private ResourceId inProject(String kind, Place number) {
    String project = context.projectKey(context.resource().at("projectId"));
    return context.id(kind, number, project + "/" + number.needText());
  }

  private Observed observed(ResourceId id) {
    Map<String, FieldValue> members = new LinkedHashMap<>();
    boolean all = collect(id, "", "", context.resource(), 0, members);
    return new Observed(id, context.report(), Collections.unmodifiableMap(members), !all);
  }

  /** Whether all of it is kept. */
  private boolean collect(
      ResourceId owner,
      String name,
      String pointer,
      Place place,
      int depth,
      Map<String, FieldValue> members) {
    if (place.isAbsent()) {
      return true;
    }
    boolean container = place.node().isContainer() && !Identities.isIdentity(place);
    if (!container) {
      FieldValue value = value(owner, name, place);
      if (value != null && members.size() < MOST_MEMBERS) {
        members.put(Place.clean(pointer), value);
      }
      return value == null || members.size() < MOST_MEMBERS;
    }
    if (depth == DEEPEST) {
      return false;
    }
    boolean all = true;
    if (place.isObject()) {
      for (Map.Entry<String, Place> member : place.members()) {
        if (!LEFT_OUT.contains(member.getKey())) {
          all &=
              collect(
                  owner,
                  member.getKey(),
                  pointer + "/" + member.getKey(),
                  member.getValue(),
                  depth + 1,
                  members);
        }
      }
      return all;
    }
    int index = 0;
    for (Place item : place.items()) {
      all &= collect(owner, name, pointer + "/" + index++, item, depth + 1, members);
    }
    return all;
  }

  private @Nullable FieldValue value(ResourceId owner, String name, Place place) {
    if (place.isObject()) {
      Person person = context.identities().person(place);
      return person == null ? null : new FieldValue.Person(person);
    }
    String text = place.textOr("");
    if (text.isEmpty()) {
      return null;
    }
    boolean clear =
        !place.node().isString()
            || UUID_FORM.matcher(text).matches()
            || Place.parse(text) != null
            || (IN_CLEAR.contains(name) && text.length() <= 256);
    return clear
        ? new FieldValue.Plain(text)
        : new FieldValue.Text(SealedText.of(owner.keyOwner(), Purpose.CONTENT, text));
  }
}

package io.countersign.sandbox.azuredevops;

import io.countersign.sandbox.SandboxPerson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Who belongs to the organization. */
final class People {

  private static final Pattern IDENTITY = Pattern.compile("\\s*(.+?)\\s*<([^<>]+)>\\s*");

  private final Map<String, SandboxPerson> byMail = new ConcurrentHashMap<>();

  SandboxPerson add(SandboxPerson person) {
    byMail.put(person.mail().toLowerCase(Locale.ROOT), person);
    return person;
  }

  List<SandboxPerson> all() {
    return List.copyOf(byMail.values());
  }

  /** Somebody by mail, by {@code Name <mail>}, by id or by display name. */
  Optional<SandboxPerson> find(String text) {
    Matcher identity = IDENTITY.matcher(text);
    String key = (identity.matches() ? identity.group(2) : text).strip();
    SandboxPerson byKey = byMail.get(key.toLowerCase(Locale.ROOT));
    if (byKey != null) {
      return Optional.of(byKey);
    }
    return byMail.values().stream()
        .filter(person -> person.name().equals(key) || person.id().toString().equals(key))
        .findFirst();
  }

  /** Somebody, who is added when new: a mail address alone gets a name made of it. */
  SandboxPerson join(String text) {
    return find(text)
        .orElseGet(
            () -> {
              Matcher identity = IDENTITY.matcher(text);
              if (identity.matches()) {
                return add(new SandboxPerson(identity.group(1), identity.group(2)));
              }
              return add(new SandboxPerson(text.replaceAll("@.*", ""), text));
            });
  }

  /** The member whom the value of an identity field means. */
  Optional<SandboxPerson> of(JsonNode value) {
    if (!value.isObject()) {
      return find(value.asString(""));
    }
    for (String member : List.of("uniqueName", "id", "displayName")) {
      Optional<SandboxPerson> found = find(value.path(member).asString(""));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}

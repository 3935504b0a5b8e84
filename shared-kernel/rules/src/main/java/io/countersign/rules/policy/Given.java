package io.countersign.rules.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An approval or an attestation that somebody gave.
 *
 * @param subject the gate or requirement
 * @param by the person
 * @param roles the person's at that time
 * @param revision of the item, if it is known
 * @param decision {@code approved}, {@code rejected} or {@code revoked}
 * @param expired whether it said itself until when it is good, and that is over
 * @param linked whether it is known which person gave it; where nothing is said, it is
 */
record Given(
    String subject,
    String by,
    Set<String> roles,
    Instant at,
    @Nullable Long revision,
    String decision,
    boolean expired,
    boolean linked) {

  static final String APPROVED = "approved";
  static final String REJECTED = "rejected";
  private static final List<String> DECISIONS = List.of(APPROVED, REJECTED, "revoked");

  static Given of(String list, String subject, Map<?, ?> member) {
    Object decision = member.containsKey("decision") ? member.get("decision") : APPROVED;
    if (member.get(subject) instanceof String about
        && member.get("by") instanceof String by
        && member.get("roles") instanceof List<?> roles
        && member.get("at") instanceof String at
        && decision instanceof String decided
        && DECISIONS.contains(decided)) {
      return new Given(
          about,
          by,
          roles.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet()),
          time(list, at),
          member.get("revision") instanceof Long known ? known : null,
          decided,
          Boolean.TRUE.equals(member.get("expired")),
          !Boolean.FALSE.equals(member.get("linked")));
    }
    throw new IllegalArgumentException(
        "the fact '%s' has a member without %s, by, roles and at, or whose decision is not one of %s"
            .formatted(list, subject, String.join(", ", DECISIONS)));
  }

  private static Instant time(String list, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the fact '%s' has a member whose 'at' is no time".formatted(list), e);
    }
  }
}

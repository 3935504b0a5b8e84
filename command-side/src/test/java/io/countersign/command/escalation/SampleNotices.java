package io.countersign.command.escalation;

import io.countersign.kernel.escalation.Category;
import io.countersign.kernel.escalation.EscalationId;
import io.countersign.kernel.escalation.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Notices for tests of channels. */
final class SampleNotices {

  static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");
  static final UUID DELIVERY = UUID.fromString("0b0f8a3e-2f6a-4c55-8f3e-5d2a0b9c7e10");
  private static final EscalationId ESCALATION =
      new EscalationId(UUID.fromString("2b4f7a52-7d0f-5c0e-9a43-0f5a1e7b9c11"));

  private SampleNotices() {}

  static Notice raised() {
    return about("transition-violated", "agile.transition", 1, DELIVERY);
  }

  static Notice about(String kind, String rule, int level, UUID delivery) {
    return new Notice(
        delivery,
        level == 1 ? "escalation.raised" : "escalation.level-raised",
        ESCALATION,
        1,
        level,
        level == 1 ? "security_team" : "security_architect",
        level == 1 ? null : "security_team",
        level == 1 ? "security_architect" : "chief_security_officer",
        Category.SECURITY,
        Severity.HIGH,
        kind,
        "workitem:fabrikam:42",
        null,
        rule,
        List.of(4711L, 4712L),
        "ab".repeat(32),
        NOW,
        NOW.plusSeconds(1_800L * level),
        level == 1 ? List.of() : List.of("level 1 over mail/2: smtp-550"));
  }
}

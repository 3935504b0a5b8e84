package io.countersign.command.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.NotificationParser.Parsed;
import io.countersign.command.identity.SourceIdentity;
import io.countersign.command.project.ProjectSettings;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.testkit.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** The judging path without HTTP and database, and what must hold of it for any bytes. */
final class Judged {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final UUID DELIVERY = new UUID(7, 7);

  private final NotificationParser parser = new NotificationParser();
  private final NotificationTranslator translator = new NotificationTranslator();

  /** What it means; nothing is ever thrown. */
  Translation of(byte[] body) {
    return switch (parser.parse(body, NOON)) {
      case Parsed.Answered(Translation translation) -> translation;
      case Parsed.Read(Notification notification) -> {
        Set<SourceIdentity> identities = translator.identities(notification, DELIVERY);
        yield translator.translate(
            notification,
            DELIVERY,
            new Lookups(
                identity -> {
                  assertThat(identities).contains(identity);
                  return new Person(
                      new SubjectId(
                          UUID.nameUUIDFromBytes(
                              String.valueOf(identity.uniqueName())
                                  .getBytes(StandardCharsets.UTF_8))),
                      null);
                },
                _ -> ProjectSettings.UNKNOWN,
                (_, text) -> "sealed:" + text.length()));
      }
    };
  }

  /** Judges twice; gives the code of the outcome. */
  String check(byte[] body) {
    Translation first = of(body);
    assertThat(of(body)).isEqualTo(first);
    return switch (first) {
      case Translation.Commands _ -> "commands";
      case Translation.Ignored(String code, String detail) -> readable(code, detail);
      case Translation.Quarantined(String code, String detail) -> readable(code, detail);
    };
  }

  /** For operators' eyes and logs: a code, a place, never a value. */
  static String readable(String code, String detail) {
    assertThat(code).matches("[a-z]+(-[a-z0-9]+)*");
    assertThat(detail).matches("[\\x20-\\x7e]{5,400}").doesNotContain(Mutator.MARKER);
    return code;
  }
}

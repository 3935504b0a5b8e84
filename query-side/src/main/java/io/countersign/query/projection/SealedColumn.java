package io.countersign.query.projection;

import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sealed text as a text column: the envelope as JSON. A read model never holds personal data in
 * clear, so that destroying a key erases it here too.
 */
public final class SealedColumn {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Stored(String owner, String purpose, UUID key, String at, String sealed) {}

  private SealedColumn() {}

  /**
   * The column's value.
   *
   * @throws IllegalStateException when the text is still in clear
   */
  public static @Nullable String write(@Nullable SealedText text) {
    if (text == null) {
      return null;
    }
    SealedText.Envelope envelope = text.envelope();
    if (envelope == null) {
      throw new IllegalStateException("clear text must not reach a read model");
    }
    return JSON.writeValueAsString(
        new Stored(
            text.owner().value(),
            text.purpose().word(),
            envelope.key(),
            envelope.at(),
            envelope.sealed()));
  }

  /** The sealed display name of a person, as a column's value. */
  public static @Nullable String name(@Nullable Person person) {
    return person == null ? null : write(person.name());
  }

  /** A person's subject id, as a column's value. */
  public static @Nullable UUID subject(@Nullable Person person) {
    return person == null ? null : person.id().value();
  }

  /** The text of a column's value, still sealed. */
  public static SealedText read(String value) {
    Stored stored = JSON.readValue(value, Stored.class);
    return SealedText.closed(
        new KeyOwner(stored.owner()),
        Purpose.valueOf(stored.purpose().toUpperCase(Locale.ROOT)),
        new SealedText.Envelope(stored.key(), stored.at(), stored.sealed()));
  }
}

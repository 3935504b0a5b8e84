package io.countersign.query.reading;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.query.projection.SealedColumn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Opens the sealed columns of one answer and counts what stayed closed. Blocks when a key has to be
 * looked up. For one thread.
 */
public final class Opening {

  private final TextCipher cipher;
  private int erased;
  private int unreadable;

  /** Opens with this cipher. */
  public Opening(TextCipher cipher) {
    this.cipher = cipher;
  }

  /** The text of a sealed column. */
  public @Nullable OpenedText text(@Nullable String column) {
    if (column == null) {
      return null;
    }
    return switch (open(column)) {
      case TextCipher.Opened.Text(String value) -> new OpenedText(value, null, null);
      case TextCipher.Opened.Erased() -> {
        erased++;
        yield new OpenedText(null, true, null);
      }
      case TextCipher.Opened.Unreadable(_) -> {
        unreadable++;
        yield new OpenedText(null, null, true);
      }
    };
  }

  private TextCipher.Opened open(String column) {
    try {
      return cipher.open(SealedColumn.read(column));
    } catch (JacksonException | IllegalArgumentException e) {
      return new TextCipher.Opened.Unreadable("not-an-envelope");
    }
  }

  /** A person by subject id and sealed name. */
  public @Nullable PersonView person(@Nullable UUID subject, @Nullable String name) {
    return subject == null ? null : new PersonView(subject, text(name));
  }

  /** Changes with every erasure: the part of an ETag the rows do not know. */
  public String tag() {
    return erased + "." + unreadable;
  }
}

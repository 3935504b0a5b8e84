package io.countersign.command.privacy;

import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.eventlog.serialization.SealedTexts;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds text of others that names a person: it is sealed under the key of the work item or resource
 * it belongs to, so it does not go with the person's key. Somebody has to look at each and decide.
 * Works as long as the person is not erased: afterwards nobody knows the name to look for.
 */
final class Mentions {

  /** Entries searched in one call; the caller goes on where it ended. */
  static final int SEARCHED = 20_000;

  private static final int MOST_NAMES = 20;

  private final LogPages log;
  private final TextCipher cipher;

  Mentions(LogPages log, TextCipher cipher) {
    this.log = log;
    this.cipher = cipher;
  }

  /** What the person was called in the log, at most twenty names. */
  List<String> names(SubjectId subject) {
    KeyOwner person = subject.keyOwner();
    byte[] mark = ('"' + person.value() + '"').getBytes(StandardCharsets.UTF_8);
    Set<String> names = new TreeSet<>();
    log.read(
        0,
        log.size(),
        entry -> {
          if (names.size() < MOST_NAMES && contains(entry.payload(), mark)) {
            for (SealedText text : SealedTexts.in(entry.payload())) {
              if (text.owner().equals(person)
                  && cipher.open(text) instanceof Opened.Text(String name)
                  && !name.isBlank()) {
                names.add(name.strip());
              }
            }
          }
        });
    return List.copyOf(names);
  }

  /** Where these words stand in text of others, from an index on. */
  Found find(List<String> words, long from) {
    List<String> sought = words.stream().map(Mentions::plain).toList();
    long size = log.size();
    long to = Math.min(size, from + SEARCHED);
    List<Mention> mentions = new ArrayList<>();
    log.read(
        from,
        to,
        entry -> {
          for (SealedText text : SealedTexts.in(entry.payload())) {
            SealedText.Envelope envelope = text.envelope();
            if (envelope != null
                && text.purpose() == Purpose.CONTENT
                && cipher.open(text) instanceof Opened.Text(String value)
                && names(plain(value), sought)) {
              mentions.add(new Mention(text.owner().value(), entry.index(), envelope.at()));
            }
          }
        });
    return new Found(mentions, to < size ? to : null);
  }

  private static boolean names(String text, List<String> sought) {
    return sought.stream().anyMatch(text::contains);
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static boolean contains(byte[] payload, byte[] mark) {
    outer:
    for (int i = 0; i <= payload.length - mark.length; i++) {
      for (int j = 0; j < mark.length; j++) {
        if (payload[i + j] != mark[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }

  /**
   * Text that names somebody.
   *
   * @param owner whose text it is: give it to alsoErase to erase all of it
   * @param index of the entry
   * @param at event and field
   */
  record Mention(String owner, long index, String at) {}

  /** A part of the log, searched; {@code next} is where to go on, null at the end. */
  record Found(List<Mention> mentions, @Nullable Long next) {

    /** Without words nothing is found. */
    static final Found NOTHING = new Found(List.of(), null);
  }
}

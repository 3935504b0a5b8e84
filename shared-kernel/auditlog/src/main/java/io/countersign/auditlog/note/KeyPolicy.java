package io.countersign.auditlog.note;

import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which keys sign the checkpoints of one log, and at which sizes: what a rotation leaves behind for
 * those who verify.
 *
 * <p>As text, one line a key: the verifier key, a space, the smallest size it signs, a space, the
 * largest one or {@code -} while it still signs. A line with a verifier key alone stands for all
 * sizes, so a file with one key is a policy too. Empty lines and lines that begin with {@code #}
 * say nothing. All keys have the log's origin as their name:
 *
 * <pre>
 * example.com/log+c74f20a3+ARpc2QcU... 1 4711
 * example.com/log+530d903a+AekyeRrm... 4690 -
 * </pre>
 *
 * <p>A checkpoint is good when, of every algorithm that has keys for its size, at least one of them
 * signed. So a second signature that is meant to outlive the first algorithm cannot be left out.
 *
 * @param lines at least one, in the order in which keys came
 */
public record KeyPolicy(List<Line> lines) {

  /**
   * One key.
   *
   * @param key the key
   * @param first smallest size it signs
   * @param last largest size it signs; null while it still signs
   */
  public record Line(VerifierKey key, long first, @Nullable Long last) {

    /** Whether it still signs. */
    public boolean isOpen() {
      return last == null;
    }

    /** Whether it signs checkpoints of this size. */
    public boolean covers(long size) {
      return size >= first && (last == null || size <= last);
    }

    @Override
    public String toString() {
      return key + " " + first + " " + (last == null ? "-" : last.toString());
    }
  }

  /** Checks that there are keys, and all of one log. */
  public KeyPolicy {
    lines = List.copyOf(lines);
    if (lines.stream().map(line -> line.key().name()).distinct().count() != 1) {
      throw new IllegalArgumentException("a policy has keys, and all of them of one log");
    }
  }

  /** One key for all sizes. */
  public static KeyPolicy of(VerifierKey key) {
    return new KeyPolicy(List.of(new Line(key, 0, null)));
  }

  /** Reads the text. */
  public static KeyPolicy parse(String text) throws NoteFormatException {
    var lines = new ArrayList<Line>();
    int number = 0;
    for (String written : text.lines().toList()) {
      number++;
      if (written.isBlank() || written.startsWith("#")) {
        continue;
      }
      Line line = line(written.strip().split(" ", -1), number);
      if (!lines.isEmpty() && !lines.getFirst().key().name().equals(line.key().name())) {
        throw new NoteFormatException(Reason.OTHER_LOG, number);
      }
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new NoteFormatException(Reason.MISSING_LINE, number + 1);
    }
    return new KeyPolicy(lines);
  }

  private static Line line(String[] words, int number) throws NoteFormatException {
    if (words.length != 1 && words.length != 3) {
      throw new NoteFormatException(Reason.BAD_KEY_LINE, number);
    }
    VerifierKey key;
    try {
      key = VerifierKey.parse(words[0]);
    } catch (NoteFormatException e) {
      throw new NoteFormatException(e.reason(), number);
    }
    if (words.length == 1) {
      return new Line(key, 0, null);
    }
    long first = Decimal.parse(words[1], number);
    Long last = words[2].equals("-") ? null : (Long) Decimal.parse(words[2], number);
    if (last != null && last < first) {
      throw new NoteFormatException(Reason.BAD_KEY_LINE, number);
    }
    return new Line(key, first, last);
  }

  /** The log, which is the name of all keys. */
  public String origin() {
    return lines.getFirst().key().name();
  }

  /** The same with one key more. */
  public KeyPolicy with(VerifierKey key, long first) {
    var more = new ArrayList<>(lines);
    more.add(new Line(key, first, null));
    return new KeyPolicy(more);
  }

  /** The same, one key of it signing nothing larger any more. */
  public KeyPolicy until(VerifierKey key, long last) {
    return new KeyPolicy(
        lines.stream()
            .map(
                line ->
                    line.isOpen() && line.key().equals(key)
                        ? new Line(key, line.first(), Math.max(last, line.first()))
                        : line)
            .toList());
  }

  /** Whether a line names the key. */
  public boolean names(VerifierKey key) {
    return lines.stream().anyMatch(line -> line.key().equals(key));
  }

  /**
   * The checkpoint of a note that is signed as this policy wants.
   *
   * @throws NoteRefusedException when a signature is bad or missing, or it is of another log
   */
  public Checkpoint checkpoint(SignedNote note) throws NoteRefusedException, NoteFormatException {
    var all = new NoteVerifier(lines.stream().map(Line::key).toList());
    Checkpoint checkpoint = all.checkpoint(note, origin());
    Set<VerifierKey> signed =
        all.verify(note).stream().map(NoteVerifier.Verified::key).collect(Collectors.toSet());
    List<Line> valid = lines.stream().filter(line -> line.covers(checkpoint.size())).toList();
    Set<SignatureType> missing = EnumSet.noneOf(SignatureType.class);
    valid.forEach(line -> missing.add(line.key().type()));
    valid.stream()
        .filter(line -> signed.contains(line.key()))
        .forEach(line -> missing.remove(line.key().type()));
    if (valid.isEmpty() || !missing.isEmpty()) {
      throw new NoteRefusedException(NoteRefusedException.Reason.NOT_VALID_AT_SIZE, origin());
    }
    return checkpoint;
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}

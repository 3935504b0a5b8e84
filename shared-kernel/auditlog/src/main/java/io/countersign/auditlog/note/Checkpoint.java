package io.countersign.auditlog.note;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.util.List;

/**
 * What a log states about itself: the text of C2SP tlog-checkpoint. Signed as a note.
 *
 * @param origin which log: a URL without its scheme
 * @param size of the tree, in leaves
 * @param root of the tree
 * @param extensions further lines of other logs; ours writes none
 */
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {

  /** Checks what the text could not carry. */
  public Checkpoint {
    if (origin.isEmpty() || origin.contains("\n") || size < 0) {
      throw new IllegalArgumentException("not the origin and size of a log");
    }
    extensions = List.copyOf(extensions);
    if (extensions.stream().anyMatch(line -> line.isEmpty() || line.contains("\n"))) {
      throw new IllegalArgumentException("an extension is one line and not empty");
    }
  }

  /** Without extensions. */
  public Checkpoint(String origin, long size, TreeHash root) {
    this(origin, size, root, List.of());
  }

  /** Reads the text of a note. */
  public static Checkpoint parse(String text) throws NoteFormatException {
    if (!text.endsWith("\n")) {
      throw new NoteFormatException(Reason.NO_FINAL_NEWLINE, text.split("\n", -1).length);
    }
    String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        throw new NoteFormatException(Reason.EMPTY_LINE, i + 1);
      }
    }
    if (lines.length < 3) {
      throw new NoteFormatException(Reason.MISSING_LINE, lines.length + 1);
    }
    return new Checkpoint(
        lines[0],
        Decimal.parse(lines[1], 2),
        hash(lines[2], 3),
        List.of(lines).subList(3, lines.length));
  }

  /**
   * A hash as it stands in a line.
   *
   * @param line its number, for the refusal
   */
  public static TreeHash hash(String text, int line) throws NoteFormatException {
    try {
      return TreeHash.fromBase64(text);
    } catch (IllegalArgumentException _) {
      throw new NoteFormatException(Reason.BAD_HASH, line);
    }
  }

  /** The text to sign. */
  public String text() {
    var text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}

package io.countersign.audit.bundle;

import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.Decimal;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A consistency proof as lines: header, the two sizes, and a hash each. */
final class ConsistencyText {

  private static final int MAX_LINES = 3 + 64;

  private ConsistencyText() {}

  static byte[] of(ConsistencyProof proof) {
    var text = new StringBuilder(BundleNames.CONSISTENCY_FORMAT).append('\n');
    text.append("from ").append(proof.from()).append('\n');
    text.append("to ").append(proof.to()).append('\n');
    proof.path().forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static ConsistencyProof parse(byte[] bytes) throws NoteFormatException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      throw new NoteFormatException(Reason.NO_FINAL_NEWLINE, 1);
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (!lines.getFirst().equals(BundleNames.CONSISTENCY_FORMAT)) {
      throw new NoteFormatException(Reason.BAD_HEADER, 1);
    }
    if (lines.size() > MAX_LINES) {
      throw new NoteFormatException(Reason.TOO_LONG, MAX_LINES);
    }
    var path = new ArrayList<TreeHash>();
    for (int i = 3; i < lines.size(); i++) {
      path.add(Checkpoint.hash(lines.get(i), i + 1));
    }
    return new ConsistencyProof(number(lines, 1, "from "), number(lines, 2, "to "), path);
  }

  private static long number(List<String> lines, int at, String label) throws NoteFormatException {
    if (lines.size() <= at || !lines.get(at).startsWith(label)) {
      throw new NoteFormatException(Reason.MISSING_LINE, at + 1);
    }
    return Decimal.parse(lines.get(at).substring(label.length()), at + 1);
  }
}

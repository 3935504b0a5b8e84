package io.countersign.auditlog.headmap;

import io.countersign.auditlog.headmap.HeadMapProof.Shown;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.Decimal;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads and writes the text of a proof, line by line. There is one spelling of each. */
final class HeadMapProofText {

  private static final String HEADER = "countersign/head-map-proof@v1";
  private static final String SIZE = "size ";
  private static final String AGGREGATES = "aggregates ";
  private static final String HEAD = "head ";
  private static final String KEY = "key ";
  private static final String SEQUENCE = "sequence ";
  private static final String INDEX = "index ";
  private static final int MAX_HEADS = 2;
  private static final int MAX_PATH = 63;
  private static final int MAX_BYTES = 16_384;

  private final List<String> lines;
  private int at;

  private HeadMapProofText(List<String> lines) {
    this.lines = lines;
  }

  static String of(HeadMapProof proof) {
    var text = new StringBuilder(HEADER).append('\n');
    text.append(SIZE).append(proof.size()).append('\n');
    text.append(AGGREGATES).append(proof.aggregates()).append('\n');
    for (Shown one : proof.shown()) {
      text.append(HEAD).append(one.position()).append('\n');
      text.append(KEY).append(one.head().key().base64()).append('\n');
      text.append(SEQUENCE).append(one.head().sequence()).append('\n');
      text.append(INDEX).append(one.head().index()).append('\n');
      one.path().forEach(hash -> text.append(hash.base64()).append('\n'));
    }
    return text.toString();
  }

  static HeadMapProof parse(byte[] bytes) throws NoteFormatException {
    if (bytes.length > MAX_BYTES) {
      throw new NoteFormatException(Reason.TOO_LONG, 1);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new NoteFormatException(Reason.NOT_UTF8, 1);
    }
    if (!text.endsWith("\n")) {
      throw new NoteFormatException(Reason.NO_FINAL_NEWLINE, text.split("\n", -1).length);
    }
    String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
    return new HeadMapProofText(List.of(lines)).read();
  }

  private HeadMapProof read() throws NoteFormatException {
    if (!lines.getFirst().equals(HEADER)) {
      throw new NoteFormatException(Reason.BAD_HEADER, 1);
    }
    at = 1;
    long size = number(SIZE);
    long aggregates = number(AGGREGATES);
    var shown = new ArrayList<Shown>();
    while (at < lines.size()) {
      if (shown.size() == MAX_HEADS) {
        throw new NoteFormatException(Reason.TOO_LONG, at + 1);
      }
      shown.add(head());
    }
    return new HeadMapProof(size, aggregates, shown);
  }

  private Shown head() throws NoteFormatException {
    long position = number(HEAD);
    HeadKey key = HeadKey.fromBytes(Checkpoint.hash(field(KEY), at).bytes());
    long sequence = number(SEQUENCE);
    long index = number(INDEX);
    if (index < sequence) {
      throw new NoteFormatException(Reason.BAD_NUMBER, at);
    }
    var path = new ArrayList<TreeHash>();
    for (; at < lines.size() && !lines.get(at).startsWith(HEAD); at++) {
      if (path.size() == MAX_PATH) {
        throw new NoteFormatException(Reason.TOO_LONG, at + 1);
      }
      path.add(Checkpoint.hash(lines.get(at), at + 1));
    }
    return new Shown(position, new Head(key, sequence, index), path);
  }

  private long number(String label) throws NoteFormatException {
    return Decimal.parse(field(label), at);
  }

  /** What follows the label in the next line; the line is taken. */
  private String field(String label) throws NoteFormatException {
    if (at == lines.size() || !lines.get(at).startsWith(label)) {
      throw new NoteFormatException(Reason.MISSING_LINE, at + 1);
    }
    return lines.get(at++).substring(label.length());
  }
}

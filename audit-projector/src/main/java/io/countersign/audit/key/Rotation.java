package io.countersign.audit.key;

import io.countersign.auditlog.note.Decimal;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What both keys sign when one takes over from another: a note of six lines, {@code
 * countersign/key-rotation/v1}, origin, old key, new key, smallest size of the new key, moment.
 *
 * @param oldKey the one that goes
 * @param newKey the one that comes
 * @param fromSize smallest size the new one signs
 * @param at when
 */
record Rotation(VerifierKey oldKey, VerifierKey newKey, long fromSize, Instant at) {

  private static final String HEADER = "countersign/key-rotation/v1";

  SignedNote signedBy(NoteSigner oldSigner, NoteSigner newSigner) {
    String text =
        "%s\n%s\n%s\n%s\n%d\n%s\n".formatted(HEADER, newKey.name(), oldKey, newKey, fromSize, at);
    return new SignedNote(text, List.of(oldSigner.signText(text), newSigner.signText(text)));
  }

  /** Reads a statement that both keys signed; nothing when it is not one. */
  static Optional<Rotation> parse(byte[] note) {
    try {
      SignedNote statement = SignedNote.parse(note);
      List<String> lines = statement.text().lines().toList();
      if (lines.size() != 6 || !lines.getFirst().equals(HEADER)) {
        return Optional.empty();
      }
      var oldKey = VerifierKey.parse(lines.get(2));
      var newKey = VerifierKey.parse(lines.get(3));
      new NoteVerifier(List.of(oldKey)).verify(statement);
      new NoteVerifier(List.of(newKey)).verify(statement);
      return Optional.of(
          new Rotation(
              oldKey, newKey, Decimal.parse(lines.get(4), 5), Instant.parse(lines.get(5))));
    } catch (NoteFormatException | NoteRefusedException | DateTimeException _) {
      return Optional.empty();
    }
  }
}

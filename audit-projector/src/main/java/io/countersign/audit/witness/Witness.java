package io.countersign.audit.witness;

import io.countersign.audit.publish.DurableFolder;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.NoteVerifier;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.witness.AddCheckpoint;
import io.countersign.auditlog.witness.WitnessRefusedException;
import io.countersign.auditlog.witness.WitnessRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A witness: cosigns what grew from what it cosigned before, and remembers it in a folder, one file
 * for each log, which is on the disk before anybody gets the cosignature. So whatever is killed, it
 * never cosigns anything smaller, nor a second root for one size. A file that is damaged ends it
 * for that log until somebody has looked: it is never begun anew.
 */
public final class Witness {

  /** Enough to prove a misbehavior, and no way to fill the disk. */
  private static final int MOST_KEPT = 100;

  private static final String REFUSED = "refused-";

  private final DurableFolder folder;
  private final NoteSigner signer;
  private final List<VerifierKey> logs;
  private final WitnessRules rules;

  /**
   * A witness.
   *
   * @param folder its own; nobody else may write there
   * @param signer of cosignatures
   * @param logs keys of those it knows
   */
  public Witness(DurableFolder folder, NoteSigner signer, Collection<VerifierKey> logs) {
    this.folder = folder;
    this.signer = signer;
    this.logs = List.copyOf(logs);
    this.rules = new WitnessRules(logs);
  }

  /**
   * Cosigns a checkpoint.
   *
   * @return the line of the cosignature
   * @throws WitnessRefusedException when the rules forbid it
   * @throws IOException when what was cosigned last cannot be read or written; then nothing is
   *     cosigned
   */
  public synchronized String cosign(AddCheckpoint request)
      throws WitnessRefusedException, IOException {
    Checkpoint checkpoint;
    try {
      checkpoint = rules.check(request, this::latest);
    } catch (WitnessRefusedException e) {
      keep(e, request.checkpoint());
      throw e;
    }
    NoteSignature cosignature = signer.sign(checkpoint);
    var kept = new ArrayList<NoteSignature>();
    for (NoteSignature signature : request.checkpoint().signatures()) {
      if (logs.stream().anyMatch(key -> key.isNamedBy(signature))) {
        kept.add(signature);
      }
    }
    kept.add(cosignature);
    folder.put(fileOf(checkpoint.origin()), new SignedNote(checkpoint.text(), kept).bytes());
    return cosignature.line();
  }

  /**
   * The checkpoint that was cosigned last, with the cosignature.
   *
   * @param originHash SHA-256 of the log's origin, 64 hexadecimal digits
   */
  public Optional<byte[]> latestByHash(String originHash) throws IOException {
    return originHash.matches("[0-9a-f]{64}") ? folder.read(originHash) : Optional.empty();
  }

  private Optional<Checkpoint> latest(String origin) throws IOException {
    Optional<byte[]> stored = folder.read(fileOf(origin));
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new NoteVerifier(List.of(signer.verifierKey()))
              .checkpoint(SignedNote.parse(stored.get()), origin));
    } catch (NoteFormatException | NoteRefusedException e) {
      throw new IOException(
          "the file %s, which says what was cosigned last for %s, is damaged: %s"
              .formatted(fileOf(origin), origin, e.getMessage()));
    }
  }

  /** What a log signed and should not have is proof against it: two of these suffice. */
  private void keep(WitnessRefusedException why, SignedNote signed) throws IOException {
    switch (why.reason()) {
      case OTHER_ROOT, NOT_CONSISTENT -> {
        String name = REFUSED + hex(signed.text()) + ".checkpoint";
        if (folder.read(name).isEmpty() && kept() < MOST_KEPT) {
          folder.put(name, signed.bytes());
        }
      }
      case NO_CHECKPOINT, OLD_SIZE_ABOVE_NEW, NOT_SIGNED, UNKNOWN_LOG, OTHER_OLD_SIZE -> {}
    }
  }

  private long kept() throws IOException {
    if (!Files.isDirectory(folder.folder())) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder.folder())) {
      return files.filter(file -> file.getFileName().toString().startsWith(REFUSED)).count();
    }
  }

  private static String fileOf(String origin) {
    return hex(origin);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}

package io.countersign.audit.anchor;

import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.SignedNote;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Takes a checkpoint and gives evidence that it was there, or fails. Belongs to one thread. */
interface Anchor extends AutoCloseable {

  /** As configured. */
  String name();

  /** What it is. */
  AnchorKind kind();

  /**
   * Anchors a checkpoint. What does not verify is no evidence.
   *
   * @param note the checkpoint as it was published
   */
  Evidence anchor(Checkpoint checkpoint, SignedNote note)
      throws IOException, InterruptedException, AnchorFailedException;

  /** Lets go of connections; who is waiting for an answer waits no longer. */
  @Override
  void close();

  /**
   * What an anchor gave.
   *
   * @param answer what becomes part of the log's entry
   * @param files to publish, by the ending of their name
   * @param cosignatures to add to the published checkpoint
   * @param lacking who did not vouch although others sufficed, and why: nothing to pass over
   */
  record Evidence(
      byte[] answer,
      Map<String, byte[]> files,
      List<NoteSignature> cosignatures,
      List<String> lacking) {

    /** Copies what can be copied. */
    public Evidence {
      files = Map.copyOf(files);
      cosignatures = List.copyOf(cosignatures);
      lacking = List.copyOf(lacking);
    }

    /** Of one who vouches alone. */
    Evidence(byte[] answer, Map<String, byte[]> files) {
      this(answer, files, List.of(), List.of());
    }
  }
}

package io.countersign.audit.foreign;

import io.countersign.audit.proof.SealedTree;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.tile.ProofFile;
import io.countersign.testkit.SignedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A log as files, with a checkpoint that was kept, and ways to damage it. */
final class PublishedFiles {

  static final int SIZE = 600;
  static final int KEPT = 300;

  private final Path root;
  private final NoteSigner signer = SignedFolder.newSigner();
  private final SignedFolder log;

  PublishedFiles(Path root) throws IOException {
    this.root = root;
    this.log = new SignedFolder(folder(), signer).grow(KEPT);
    Files.copy(folder().resolve("checkpoint"), kept());
    log.grow(SIZE);
  }

  Path folder() {
    return root.resolve("log");
  }

  Path vkey() {
    return folder().resolve("vkey");
  }

  Path kept() {
    return root.resolve("kept");
  }

  Path entry(int index) throws IOException {
    return Files.write(root.resolve(index + ".entry"), log.entry(index));
  }

  Path proof(int index) throws Exception {
    SealedTree tree = SealedTree.newest(new PublishedLog(log.folder())).orElseThrow();
    var proof = new ProofFile(index, tree.inclusion(index, SIZE).path(), tree.note(), null);
    return Files.write(root.resolve(index + ".tlog-proof"), proof.bytes());
  }

  /** Signs, with the log's key, what was never in it, as the checkpoint that was kept. */
  void keepACheckpointOfAnotherHistory() throws IOException {
    Path other = root.resolve("other");
    new SignedFolder(other, signer).growAs("principal:nobody", KEPT);
    Files.copy(other.resolve("checkpoint"), kept(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Changes the lowest bit of one byte; a negative place counts from the end. */
  static void flip(Path file, int place) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[place < 0 ? bytes.length + place : place] ^= 1;
    Files.write(file, bytes);
  }
}

package io.countersign.testkit;

import io.countersign.auditlog.ContentDigest;
import io.countersign.auditlog.Entry;
import io.countersign.auditlog.EntryCodec;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.EntryIndex;
import io.countersign.auditlog.EntryKind;
import io.countersign.auditlog.merkle.Frontier;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.tile.EntryBundle;
import io.countersign.auditlog.tile.GrowingTiles;
import io.countersign.auditlog.tile.TilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** A published log made without a database, of one aggregate, for tests that only read it. */
public final class SignedFolder {

  /** Its name. */
  public static final String ORIGIN = "example.com/log";

  private final Path folder;
  private final NoteSigner signer;
  private final GrowingTiles tiles = new GrowingTiles();
  private final List<byte[]> entries = new ArrayList<>();
  private final List<TreeHash> roots = new ArrayList<>(List.of(TreeHash.EMPTY));
  private final Frontier tree = new Frontier();
  private EntryHash previous = EntryHash.NONE;
  private String actor = "source:azure-devops";

  /** With a key of its own. */
  public SignedFolder(Path folder) {
    this(folder, newSigner());
  }

  /** Signed by this key, as others may be. */
  public SignedFolder(Path folder, NoteSigner signer) {
    this.folder = folder;
    this.signer = signer;
  }

  /** Adds entries up to a size and publishes them under a signed checkpoint. */
  public SignedFolder grow(int size) throws IOException {
    while (entries.size() < size) {
      byte[] entry = EntryCodec.encode(entry(entries.size()));
      entries.add(entry);
      previous = EntryHash.of(entry);
      tiles.append(TreeHash.leaf(previous));
      tree.append(TreeHash.leaf(previous));
      roots.add(tree.root());
    }
    for (GrowingTiles.Tile tile : tiles.takeFull()) {
      write(tile.path().toString(), tile.bytes());
    }
    for (GrowingTiles.Tile tile : tiles.partial()) {
      write(tile.path().toString(), tile.bytes());
    }
    for (int first = 0; first < size; first += TilePath.FULL) {
      int width = Math.min(TilePath.FULL, size - first);
      write(
          TilePath.entries(first / TilePath.FULL, width).toString(),
          EntryBundle.encode(entries.subList(first, first + width)));
    }
    write("vkey", bytes(key() + "\n"));
    write("keys", bytes(KeyPolicy.of(key()).text()));
    write("checkpoint", bytes(checkpoint().toString()));
    for (int first = 0; first + TilePath.FULL <= size; first += TilePath.FULL) {
      outgrown("tile/0/%03d.p".formatted(first / TilePath.FULL));
      outgrown("tile/entries/%03d.p".formatted(first / TilePath.FULL));
    }
    return this;
  }

  /** Removes the parts of what is full now, as a publisher may. */
  private void outgrown(String parts) throws IOException {
    Path all = folder.resolve(parts);
    if (Files.isDirectory(all)) {
      try (Stream<Path> files = Files.list(all)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(all);
    }
  }

  /** Publishes the checkpoint with cosignatures. */
  public SignedFolder cosign(NoteSigner... witnesses) throws IOException {
    write("checkpoint", bytes(checkpoint(witnesses).toString()));
    return this;
  }

  /** Keeps the checkpoint as an anchor of this name does. */
  public SignedFolder anchor(String name, NoteSigner... witnesses) throws IOException {
    write(
        "anchors/%d-%s.checkpoint".formatted(entries.size(), name),
        bytes(checkpoint(witnesses).toString()));
    return this;
  }

  private SignedNote checkpoint(NoteSigner... witnesses) {
    var checkpoint = new Checkpoint(ORIGIN, entries.size(), tiles.root());
    var signatures = new ArrayList<NoteSignature>(List.of(signer.sign(checkpoint)));
    for (NoteSigner witness : witnesses) {
      signatures.add(witness.sign(checkpoint));
    }
    return new SignedNote(checkpoint.text(), signatures);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** In one step, so that who reads meanwhile sees the old file or the new one. */
  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(draft, bytes);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same with another actor, so that all entries are others. */
  public SignedFolder growAs(String other, int size) throws IOException {
    actor = other;
    return grow(size);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Its key, to sign something else with. */
  public NoteSigner signer() {
    return signer;
  }

  /** Verifies its checkpoints. */
  public VerifierKey key() {
    return signer.verifierKey();
  }

  /** The bytes of an entry. */
  public byte[] entry(long index) {
    return entries.get((int) index);
  }

  /** The root at a size, computed without tiles. */
  public TreeHash root(long size) {
    return roots.get((int) size);
  }

  private Entry entry(int index) {
    ContentDigest nothing = ContentDigest.of(new byte[0]);
    return new Entry(
        EntryKind.EVENT,
        new UUID(1, 2),
        new EntryIndex(index),
        previous,
        index == 0 ? null : new EntryIndex(index - 1),
        Instant.EPOCH.plusSeconds(index),
        Instant.EPOCH,
        index,
        nothing,
        nothing,
        "WorkItem",
        "workitem:fabrikam:1",
        new UUID(3, index).toString(),
        "workitem.Restored",
        "1",
        actor,
        "",
        "");
  }

  /** A new key of the log. */
  public static NoteSigner newSigner() {
    return newSigner(ORIGIN, SignatureType.ED25519);
  }

  /** A new key, of a witness perhaps. */
  public static NoteSigner newSigner(String name, SignatureType type) {
    try {
      return new NoteSigner(
          name,
          type,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

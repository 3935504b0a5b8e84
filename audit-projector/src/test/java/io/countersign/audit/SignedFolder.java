package io.countersign.audit;

import io.countersign.audit.publish.PublishedLog;
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
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.tile.EntryBundle;
import io.countersign.auditlog.tile.GrowingTiles;
import io.countersign.auditlog.tile.TilePath;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A published log made without a database, of one aggregate, for tests that only read it. */
public final class SignedFolder {

  public static final String ORIGIN = "example.com/log";

  private final PublishedLog published;
  private final NoteSigner signer;
  private final GrowingTiles tiles = new GrowingTiles();
  private final List<byte[]> entries = new ArrayList<>();
  private final List<TreeHash> roots = new ArrayList<>(List.of(TreeHash.EMPTY));
  private final Frontier tree = new Frontier();
  private EntryHash previous = EntryHash.NONE;
  private String actor = "source:azure-devops";

  public SignedFolder(Path folder) {
    this(folder, signer());
  }

  private SignedFolder(Path folder, NoteSigner signer) {
    this.published = new PublishedLog(folder);
    this.signer = signer;
  }

  /** Another log, signed by the same key. */
  public SignedFolder forged(Path folder) {
    return new SignedFolder(folder, signer);
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
      published.write(tile.path(), tile.bytes());
    }
    for (GrowingTiles.Tile tile : tiles.partial()) {
      published.write(tile.path(), tile.bytes());
    }
    for (int first = 0; first < size; first += TilePath.FULL) {
      int width = Math.min(TilePath.FULL, size - first);
      published.write(
          TilePath.entries(first / TilePath.FULL, width),
          EntryBundle.encode(entries.subList(first, first + width)));
    }
    published.write("vkey", key() + "\n");
    published.write("keys", KeyPolicy.of(key()).text());
    var checkpoint = new Checkpoint(ORIGIN, size, tiles.root());
    published.publish(new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint))));
    return this;
  }

  /** The same with another actor, so that all entries are others. */
  public SignedFolder growAs(String other, int size) throws IOException {
    actor = other;
    return grow(size);
  }

  public PublishedLog published() {
    return published;
  }

  public VerifierKey key() {
    return signer.verifierKey();
  }

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

  private static NoteSigner signer() {
    try {
      return new NoteSigner(
          ORIGIN,
          SignatureType.ED25519,
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
          InstantSource.system());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

package io.countersign.audit.seal;

import io.countersign.audit.key.LogKeys;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.SealingHaltedException.Reason;
import io.countersign.audit.verify.PurgedPayloads;
import io.countersign.audit.verify.Rows;
import io.countersign.auditlog.ChainVerifier;
import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.tile.EntryBundle;
import io.countersign.auditlog.tile.GrowingTiles;
import io.countersign.auditlog.tile.TileNodes;
import io.countersign.auditlog.tile.TilePath;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals the log: checks what was appended against the chain, adds it to the tree, publishes tiles
 * and bundles, and last signs and publishes a checkpoint. It never signs two checkpoints for one
 * size, nor a smaller one than before: what it goes on from is the published checkpoint, which lies
 * outside the database, and it signs only what grew from that.
 *
 * <p>One at a time writes a folder: hold its lock. Not safe for several threads. After an exception
 * begin anew with {@link #resume}.
 */
public final class Sealer {

  /** Entries read at once: a page of some megabytes. */
  static final int PAGE = 2_048;

  private final LogReader reader;
  private final PublishedLog published;
  private @Nullable LogKeys keys;
  private @Nullable TreeHash lastLeaf;
  private final GrowingTiles tiles;
  private final List<byte[]> openBundle;
  private final ChainVerifier chain;
  private final List<Finding> findings;
  private @Nullable Seal newest;

  private Sealer(
      LogReader reader,
      PublishedLog published,
      @Nullable LogKeys keys,
      GrowingTiles tiles,
      List<byte[]> openBundle,
      ChainVerifier chain,
      List<Finding> findings,
      @Nullable Seal newest) {
    this.reader = reader;
    this.published = published;
    this.keys = keys;
    this.tiles = tiles;
    this.openBundle = new ArrayList<>(openBundle);
    this.chain = chain;
    this.findings = findings;
    this.newest = newest;
  }

  /**
   * Goes on from what was published, after checking it: the signature, that the tiles lead to the
   * signed root, and that the database still holds the last entry that was sealed.
   *
   * @param keys of the log; their name is its origin
   * @throws SealingHaltedException when something of that does not hold
   */
  public static Sealer resume(LogReader reader, PublishedLog published, LogKeys keys)
      throws IOException, SealingHaltedException {
    Seal seal = lastSeal(published, keys);
    if (seal == null || seal.checkpoint().size() == 0) {
      return fromTheStart(reader, published, keys);
    }
    Checkpoint last = seal.checkpoint();
    GrowingTiles tiles = tiles(published, last);
    StoredEntry newest = stillThere(reader, published, last);
    var findings = new ArrayList<Finding>();
    var sealer =
        new Sealer(
            reader,
            published,
            keys,
            tiles,
            openBundle(published, last.size()),
            ChainVerifier.after(Rows.of(newest), new PurgedPayloads(reader, findings::add)),
            findings,
            seal);
    sealer.lastLeaf = TreeHash.leaf(EntryHash.of(newest.entry()));
    return sealer;
  }

  /** Of a log that was never sealed and has no key yet: {@link #use} gives it one. */
  static Sealer fromTheStart(LogReader reader, PublishedLog published) {
    return fromTheStart(reader, published, null);
  }

  private static Sealer fromTheStart(
      LogReader reader, PublishedLog published, @Nullable LogKeys keys) {
    var findings = new ArrayList<Finding>();
    return new Sealer(
        reader,
        published,
        keys,
        new GrowingTiles(),
        List.of(),
        ChainVerifier.fromTheStart(new PurgedPayloads(reader, findings::add)),
        findings,
        null);
  }

  private static @Nullable Seal lastSeal(PublishedLog published, LogKeys keys)
      throws IOException, SealingHaltedException {
    try {
      Optional<SignedNote> note = published.checkpoint();
      if (note.isEmpty()) {
        return null;
      }
      return new Seal(keys.policy().checkpoint(note.get()), note.get());
    } catch (NoteFormatException | NoteRefusedException e) {
      throw new SealingHaltedException(
          Reason.FOREIGN_CHECKPOINT, 0, String.valueOf(e.getMessage()));
    }
  }

  private static GrowingTiles tiles(PublishedLog published, Checkpoint last)
      throws SealingHaltedException {
    try {
      GrowingTiles tiles = GrowingTiles.resume(last.size(), published);
      if (tiles.root().equals(last.root())) {
        return tiles;
      }
      throw new SealingHaltedException(Reason.PUBLISHED_DAMAGED, last.size() - 1, "");
    } catch (IOException e) {
      throw new SealingHaltedException(
          Reason.PUBLISHED_DAMAGED, last.size() - 1, e.getClass().getSimpleName());
    }
  }

  private static StoredEntry stillThere(LogReader reader, PublishedLog published, Checkpoint last)
      throws IOException, SealingHaltedException {
    long index = last.size() - 1;
    StoredEntry newest = reader.entry(index).orElse(null);
    var leaves = new TileNodes(published, last.size());
    if (newest != null && isSealed(newest, leaves)) {
      return newest;
    }
    if (newest == null) {
      long end = reader.head().map(head -> head.lastIndex() + 1).orElse(0L);
      if (end <= index && (end == 0 || isSealed(reader.entry(end - 1).orElse(null), leaves))) {
        throw new SealingHaltedException(
            Reason.ROLLED_BACK, end, "%d entries were sealed".formatted(last.size()));
      }
    }
    throw new SealingHaltedException(Reason.FORKED, firstForked(reader, leaves, index), "");
  }

  /** Entries name their predecessors, so all after the first other one are others too. */
  private static long firstForked(LogReader reader, TileNodes leaves, long lastIndex)
      throws IOException {
    long same = -1;
    long other = lastIndex;
    while (other - same > 1) {
      long middle = (same + other) >>> 1;
      if (isSealed(reader.entry(middle).orElse(null), leaves)) {
        same = middle;
      } else {
        other = middle;
      }
    }
    return other;
  }

  private static boolean isSealed(@Nullable StoredEntry entry, TileNodes leaves)
      throws IOException {
    return entry != null
        && TreeHash.leaf(EntryHash.of(entry.entry())).equals(leaves.node(0, entry.index()));
  }

  private static List<byte[]> openBundle(PublishedLog published, long size) throws IOException {
    int width = (int) (size % TilePath.FULL);
    if (width == 0) {
      return List.of();
    }
    TilePath path = TilePath.entries(size / TilePath.FULL, width);
    return EntryBundle.decode(path, published.read(path));
  }

  /** Entries that are sealed. */
  public long size() {
    return tiles.size();
  }

  /** The newest checkpoint; nothing before the first. */
  @Nullable Seal newest() {
    return newest;
  }

  /** The keys that sign. */
  LogKeys keys() {
    return Objects.requireNonNull(keys, "no key yet");
  }

  boolean hasKeys() {
    return keys != null;
  }

  /** Other keys of the same log sign from now on. */
  void use(LogKeys others) {
    keys = others;
  }

  /**
   * Seals what was appended since, at most a page of it.
   *
   * @return how many entries; 0 when there is nothing new, and then nothing was signed
   * @throws SealingHaltedException at an entry that is not as it was written; those before it are
   *     sealed
   */
  public int seal() throws IOException, SealingHaltedException {
    int sound = 0;
    for (StoredEntry entry : appended()) {
      chain.accept(Rows.of(entry));
      if (!findings.isEmpty()) {
        break;
      }
      append(entry);
      sound++;
    }
    if (sound > 0) {
      publish();
    }
    if (!findings.isEmpty()) {
      Finding first = findings.getFirst();
      throw new SealingHaltedException(Reason.ENTRY_DAMAGED, first.index(), first.words());
    }
    return sound;
  }

  /**
   * Asks for the last sealed entry along with what follows it: a database that was restored while
   * this runs is noticed, and not only when it has grown past the seal.
   */
  private List<StoredEntry> appended() throws IOException, SealingHaltedException {
    TreeHash last = lastLeaf;
    if (last == null || newest == null) {
      return reader.page(size(), PAGE, LogReader.Filter.ALL);
    }
    List<StoredEntry> page = reader.page(size() - 1, PAGE + 1, LogReader.Filter.ALL);
    if (page.isEmpty() || !last.equals(TreeHash.leaf(EntryHash.of(page.getFirst().entry())))) {
      stillThere(reader, published, newest.checkpoint());
      return List.of(); // it was away for a moment only
    }
    return page.subList(1, page.size());
  }

  private void append(StoredEntry entry) throws IOException {
    TreeHash leaf = TreeHash.leaf(EntryHash.of(entry.entry()));
    tiles.append(leaf);
    lastLeaf = leaf;
    openBundle.add(entry.entry());
    if (openBundle.size() == TilePath.FULL) {
      published.write(
          TilePath.entries(entry.index() / TilePath.FULL, TilePath.FULL),
          EntryBundle.encode(openBundle));
      openBundle.clear();
    }
  }

  private void publish() throws IOException {
    for (GrowingTiles.Tile tile : tiles.takeFull()) {
      published.write(tile.path(), tile.bytes());
    }
    for (GrowingTiles.Tile tile : tiles.partial()) {
      published.write(tile.path(), tile.bytes());
    }
    if (!openBundle.isEmpty()) {
      published.write(
          TilePath.entries(size() / TilePath.FULL, openBundle.size()),
          EntryBundle.encode(openBundle));
    }
    var checkpoint = new Checkpoint(keys().origin(), size(), tiles.root());
    SignedNote note = keys().sign(checkpoint);
    published.publish(note);
    newest = new Seal(checkpoint, note);
  }
}

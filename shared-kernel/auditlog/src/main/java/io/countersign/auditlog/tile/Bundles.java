package io.countersign.auditlog.tile;

import io.countersign.auditlog.EntryHash;
import io.countersign.auditlog.Finding;
import io.countersign.auditlog.Finding.FileUnreadable;
import io.countersign.auditlog.hash.Sha256;
import io.countersign.auditlog.verdict.Placement;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the entries and leaves of a published log, and reports what cannot be read. */
final class Bundles {

  private final TileSource source;
  private final long size;
  private final Consumer<Finding> findings;

  Bundles(TileSource source, long size, Consumer<Finding> findings) {
    this.source = source;
    this.size = size;
    this.findings = findings;
  }

  /** The tile of leaves beside a bundle of entries. */
  TilePath tile(long bundle) {
    return new TilePath(0, bundle, TilePath.widthIn(size, 0, bundle));
  }

  @Nullable List<byte[]> entries(long bundle) {
    TilePath path = TilePath.entries(bundle, TilePath.widthIn(size, TilePath.ENTRIES, bundle));
    try {
      return EntryBundle.decode(path, source.read(path));
    } catch (IOException e) {
      findings.accept(unreadable(bundle * TilePath.FULL, path, e));
      return null;
    }
  }

  byte @Nullable [] leaves(long bundle) {
    TilePath path = tile(bundle);
    try {
      byte[] bytes = source.read(path);
      if (bytes.length == path.width() * Sha256.LENGTH) {
        return bytes;
      }
      throw new TileFormatException(path, bytes.length, path.width() + " hashes expected");
    } catch (IOException e) {
      findings.accept(unreadable(bundle * TilePath.FULL, path, e));
      return null;
    }
  }

  /** The published leaves, one by one. */
  Placement.Leaves singleLeaves() {
    var nodes = new TileNodes(source, size);
    return index -> {
      try {
        return index < 0 || index >= size
            ? Optional.empty()
            : Optional.of(EntryHash.fromBytes(nodes.node(0, index).bytes()));
      } catch (IOException _) {
        return Optional.empty(); // reported where it is read in turn
      }
    };
  }

  static EntryHash leaf(byte[] leaves, int position) {
    int at = position * Sha256.LENGTH;
    return EntryHash.fromBytes(Arrays.copyOfRange(leaves, at, at + Sha256.LENGTH));
  }

  static FileUnreadable unreadable(long first, TilePath path, IOException e) {
    String problem =
        e instanceof TileFormatException format
            ? String.valueOf(format.getMessage())
            : e.getClass().getSimpleName();
    return new FileUnreadable(first, path.toString(), problem, path.isEntries() ? path.width() : 0);
  }
}

package io.countersign.auditlog.tile;

import io.countersign.auditlog.hash.Sha256;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads partial tiles and bundles that are gone out of the full ones that took their place: a log
 * may remove them while somebody still reads the checkpoint before.
 *
 * @param source where
 */
public record PartialOrFull(TileSource source) implements TileSource {

  @Override
  public byte[] read(TilePath path) throws IOException {
    if (path.isFull()) {
      return source.read(path);
    }
    try {
      return source.read(path);
    } catch (IOException gone) {
      var full = new TilePath(path.level(), path.index(), TilePath.FULL);
      byte[] bytes;
      try {
        bytes = source.read(full);
      } catch (IOException neither) {
        gone.addSuppressed(neither);
        throw gone;
      }
      return path.isEntries()
          ? EntryBundle.encode(EntryBundle.decode(full, bytes).subList(0, path.width()))
          : hashes(path, bytes);
    }
  }

  private static byte[] hashes(TilePath path, byte[] full) throws TileFormatException {
    int length = path.width() * Sha256.LENGTH;
    if (full.length < length) {
      throw new TileFormatException(path, full.length, length + " bytes expected");
    }
    return Arrays.copyOf(full, length);
  }
}

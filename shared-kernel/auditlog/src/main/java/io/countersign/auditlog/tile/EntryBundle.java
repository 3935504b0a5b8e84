package io.countersign.auditlog.tile;

import io.countersign.auditlog.EntryCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A bundle of entries: for each its length in two bytes, big-endian, and its bytes. */
public final class EntryBundle {

  private EntryBundle() {}

  /**
   * The bytes of a bundle.
   *
   * @param entries 1 to 256
   */
  public static byte[] encode(List<byte[]> entries) {
    int length = entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] entry : entries) {
      if (entry.length > EntryCodec.MAX_ENTRY_BYTES) {
        throw new IllegalArgumentException("an entry is too long for a bundle");
      }
      out.putShort((short) entry.length).put(entry);
    }
    return out.array();
  }

  /**
   * The entries of a bundle.
   *
   * @throws TileFormatException when there are fewer or more of them than its name says
   */
  public static List<byte[]> decode(TilePath path, byte[] bytes) throws TileFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    var entries = new ArrayList<byte[]>(path.width());
    while (entries.size() < path.width()) {
      if (in.remaining() < Short.BYTES) {
        throw new TileFormatException(
            path, bytes.length, "entry " + entries.size() + " is missing");
      }
      int length = Short.toUnsignedInt(in.getShort());
      if (length > in.remaining()) {
        throw new TileFormatException(
            path, bytes.length, "entry " + entries.size() + " is cut off");
      }
      byte[] entry = new byte[length];
      in.get(entry);
      entries.add(entry);
    }
    if (in.hasRemaining()) {
      throw new TileFormatException(path, in.position(), "bytes after the last entry");
    }
    return entries;
  }
}

package io.countersign.audit.bundle;

import io.countersign.audit.bundle.BundleRefusedException.Reason;
import io.countersign.auditlog.hash.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip whose bytes depend on what is put in and on nothing else: files are stored as they are, in
 * the order they come, with one and the same time.
 */
final class BundleZip implements AutoCloseable {

  static final long MAX_BYTES = 512L * 1024 * 1024;

  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Map<String, Stored> stored = new TreeMap<>();
  private long bytes;

  BundleZip(OutputStream out) {
    zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
  }

  /** What was put in. */
  record Stored(long bytes, String sha256) {}

  void put(String name, byte[] content) throws IOException, BundleRefusedException {
    bytes += content.length;
    if (bytes > MAX_BYTES) {
      throw new BundleRefusedException(Reason.TOO_LARGE, "");
    }
    var crc = new CRC32();
    crc.update(content);
    var entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    stored.put(
        name,
        new Stored(content.length, HexFormat.of().formatHex(Sha256.digest().digest(content))));
  }

  /** All that was put in so far, by name. */
  Map<String, Stored> stored() {
    return stored;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

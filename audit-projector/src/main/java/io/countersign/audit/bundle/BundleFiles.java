package io.countersign.audit.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a bundle that came from anywhere: bounded in number and size, each name once. */
final class BundleFiles implements AutoCloseable {

  private static final int MAX_FILES = 8 * BundleWriter.MAX_ENTRIES;
  private static final int MAX_FILE = 64 * 1024 * 1024;

  private final ZipFile zip;
  private final TreeSet<String> names = new TreeSet<>();

  BundleFiles(Path file) throws IOException {
    zip = new ZipFile(file.toFile());
    try {
      Set<String> seen = new HashSet<>();
      for (ZipEntry entry : zip.stream().limit(MAX_FILES + 1L).toList()) {
        if (!seen.add(entry.getName())) {
          throw new IOException("it holds " + quoted(entry.getName()) + " twice");
        }
      }
      if (seen.size() > MAX_FILES) {
        throw new IOException("it holds more than %d files".formatted(MAX_FILES));
      }
      names.addAll(seen);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  Set<String> names() {
    return names;
  }

  /** A file; empty where there is none of this name. */
  Optional<byte[]> read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MAX_FILE + 1);
      if (bytes.length > MAX_FILE) {
        throw new IOException(quoted(name) + " is too large");
      }
      return Optional.of(bytes);
    }
  }

  /** The indexes of entries in a folder, in order. */
  List<Long> indexes(String folder) {
    var indexes = new ArrayList<Long>();
    for (String name : names.tailSet(folder)) {
      if (!name.startsWith(folder)) {
        break;
      }
      String rest = name.substring(folder.length());
      if (rest.matches("[0-9]{19}\\.entry") && rest.compareTo("9223372036854775807") < 0) {
        indexes.add(Long.parseLong(rest.substring(0, 19)));
      }
    }
    return indexes;
  }

  private static String quoted(String name) {
    return "'" + name.replaceAll("[^A-Za-z0-9._/-]", "?") + "'";
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

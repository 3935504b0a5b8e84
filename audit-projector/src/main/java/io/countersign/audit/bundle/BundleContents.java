package io.countersign.audit.bundle;

import io.countersign.auditlog.hash.Sha256;
import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle says it holds.
 *
 * @param aggregate all entries of this one; null for a range
 * @param from first index of the range
 * @param to index after its last
 */
record BundleContents(@Nullable String aggregate, long from, long to) {

  /** Reads the manifest and compares it with the files; each difference is told. */
  static BundleContents read(BundleFiles files, Consumer<String> damaged) throws IOException {
    JsonNode manifest;
    try {
      manifest = JsonMapper.shared().readTree(files.read(BundleNames.MANIFEST).orElse(new byte[0]));
    } catch (JacksonException _) {
      throw new IOException("its manifest.json cannot be read");
    }
    if (!manifest.path("format").asString("").equals(BundleNames.FORMAT)) {
      throw new IOException("it is no " + BundleNames.FORMAT);
    }
    var listed = new HashSet<String>();
    for (JsonNode file : manifest.path("files")) {
      String name = file.path("name").asString("");
      listed.add(name);
      byte[] bytes = files.read(name).orElse(null);
      if (bytes == null) {
        damaged.accept(name + " is not there");
      } else if (!HexFormat.of()
          .formatHex(Sha256.digest().digest(bytes))
          .equals(file.path("sha256").asString(""))) {
        damaged.accept(name + " is another file than the manifest lists");
      }
    }
    files.names().stream()
        .filter(name -> !name.equals(BundleNames.MANIFEST) && !listed.contains(name))
        .forEach(name -> damaged.accept(name + " is not in the manifest"));
    return manifest.hasNonNull("aggregate")
        ? new BundleContents(manifest.path("aggregate").asString(""), 0, 0)
        : new BundleContents(null, manifest.path("from").asLong(0), manifest.path("to").asLong(0));
  }
}

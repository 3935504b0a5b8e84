package io.countersign.audit.bundle;

import io.countersign.auditlog.hash.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A bundle taken apart, changed, and put together again with a manifest that fits. */
final class Rezipped {

  private final Map<String, byte[]> files = new TreeMap<>();

  Rezipped(Path zip) throws IOException {
    try (var from = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : from.stream().toList()) {
        files.put(entry.getName(), from.getInputStream(entry).readAllBytes());
      }
    }
  }

  Map<String, byte[]> files() {
    return files;
  }

  void flip(String name, int at) {
    files.get(name)[at] ^= 1;
  }

  void text(String name, UnaryOperator<String> change) {
    files.compute(
        name,
        (_, bytes) ->
            change
                .apply(new String(bytes, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
  }

  Path write(Path zip, boolean refreshManifest) throws IOException {
    if (refreshManifest) {
      refresh();
    }
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    return zip;
  }

  private void refresh() {
    ObjectNode manifest =
        (ObjectNode) JsonMapper.shared().readTree(files.get(BundleNames.MANIFEST));
    var list = manifest.putArray("files");
    files.forEach(
        (name, bytes) -> {
          if (!name.equals(BundleNames.MANIFEST)) {
            list.addObject()
                .put("name", name)
                .put("bytes", bytes.length)
                .put("sha256", HexFormat.of().formatHex(Sha256.digest().digest(bytes)));
          }
        });
    files.put(BundleNames.MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
  }
}

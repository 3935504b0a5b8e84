package io.countersign.audit.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What lies in the published folder beside the tree: keys, policies, and what anchors answered. It
 * is taken along as it is; nobody has to trust it.
 */
record PublishedExtras(Path folder) {

  private static final Set<String> KEYS = Set.of("vkey", "keys", "policy");
  private static final String ANCHORS = "anchors";
  private static final int MAX_FILES = 1_000;
  private static final long MAX_FILE_BYTES = 1_000_000;

  void putInto(BundleZip zip) throws IOException, BundleRefusedException {
    for (String name : KEYS.stream().sorted().toList()) {
      if (Files.isRegularFile(folder.resolve(name))) {
        zip.put(BundleNames.LOG + name, Files.readAllBytes(folder.resolve(name)));
      }
    }
    for (Path anchor : anchors()) {
      zip.put(BundleNames.LOG + ANCHORS + "/" + anchor.getFileName(), Files.readAllBytes(anchor));
    }
  }

  private List<Path> anchors() throws IOException {
    Path all = folder.resolve(ANCHORS);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(all)) {
      return files.filter(PublishedExtras::isEvidence).sorted().limit(MAX_FILES).toList();
    }
  }

  private static boolean isEvidence(Path file) {
    try {
      String name = String.valueOf(file.getFileName());
      return Files.isRegularFile(file)
          && !name.startsWith(".")
          && !name.endsWith(".draft")
          && Files.size(file) <= MAX_FILE_BYTES;
    } catch (IOException _) {
      return false;
    }
  }
}

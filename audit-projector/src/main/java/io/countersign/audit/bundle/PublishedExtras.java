package io.countersign.audit.bundle;

import io.countersign.audit.proof.SealedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in the published folder beside the tree: keys, and what anchors answered, the newest of
 * them, each with the proof that the log grew from the checkpoint that was anchored.
 */
record PublishedExtras(Path folder) {

  private static final List<String> KEYS = List.of("keys", "vkey");
  private static final String ANCHORS = "anchors";
  private static final int NEWEST = 20;
  private static final long MAX_FILE_BYTES = 1_000_000;

  void putInto(BundleZip zip, SealedTree sealed) throws IOException, BundleRefusedException {
    for (String name : KEYS) {
      if (Files.isRegularFile(folder.resolve(name))) {
        zip.put(BundleNames.LOG + name, Files.readAllBytes(folder.resolve(name)));
      }
    }
    List<AnchorFile> anchors = anchors(sealed.size());
    for (AnchorFile anchor : anchors) {
      zip.put(
          BundleNames.ANCHORS + anchor.name(),
          Files.readAllBytes(folder.resolve(ANCHORS).resolve(anchor.name())));
    }
    for (long size : anchors.stream().map(AnchorFile::size).distinct().toList()) {
      zip.put(
          BundleNames.anchorGrowth(size),
          ConsistencyText.of(sealed.consistency(size, sealed.size())));
    }
  }

  private List<AnchorFile> anchors(long sealed) throws IOException {
    Path all = folder.resolve(ANCHORS);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    List<AnchorFile> found;
    try (Stream<Path> files = Files.list(all)) {
      found =
          files
              .filter(PublishedExtras::isSmall)
              .flatMap(file -> AnchorFile.of(String.valueOf(file.getFileName())).stream())
              .filter(anchor -> anchor.size() >= 1 && anchor.size() <= sealed)
              .toList();
    }
    List<Long> newest =
        found.stream()
            .map(AnchorFile::size)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .limit(NEWEST)
            .toList();
    return found.stream()
        .filter(anchor -> newest.contains(anchor.size()))
        .sorted(Comparator.comparingLong(AnchorFile::size).thenComparing(AnchorFile::name))
        .toList();
  }

  private static boolean isSmall(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES;
    } catch (IOException _) {
      return false;
    }
  }
}

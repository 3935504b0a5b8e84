package io.countersign.audit.bundle;

import io.countersign.audit.anchored.AnchorFile;
import io.countersign.audit.anchored.FolderAnchors;
import io.countersign.audit.proof.SealedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What lies in the published folder beside the tree: keys, and what anchors answered, the newest of
 * them, each with the proof that the log grew from the checkpoint that was anchored.
 */
record PublishedExtras(Path folder) {

  private static final List<String> KEYS = List.of("keys", "vkey");
  private static final String ANCHORS = "anchors";

  void putInto(BundleZip zip, SealedTree sealed) throws IOException, BundleRefusedException {
    for (String name : KEYS) {
      if (Files.isRegularFile(folder.resolve(name))) {
        zip.put(BundleNames.LOG + name, Files.readAllBytes(folder.resolve(name)));
      }
    }
    List<AnchorFile> anchors = FolderAnchors.newest(folder.resolve(ANCHORS), sealed.size());
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
}

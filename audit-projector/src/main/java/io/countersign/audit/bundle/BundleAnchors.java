package io.countersign.audit.bundle;

import io.countersign.audit.anchored.AnchorFile;
import io.countersign.audit.anchored.AnchoredFiles;
import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.note.NoteFormatException;
import java.io.IOException;
import java.util.List;

/** What anchors answered, in a bundle, which has a proof of growth beside each. */
record BundleAnchors(BundleFiles bundle) implements AnchoredFiles {

  @Override
  public String place() {
    return "bundle";
  }

  @Override
  public List<AnchorFile> files() {
    return bundle.names().stream()
        .filter(name -> name.startsWith(BundleNames.ANCHORS))
        .flatMap(name -> AnchorFile.of(name.substring(BundleNames.ANCHORS.length())).stream())
        .toList();
  }

  @Override
  public byte[] read(String name) throws IOException {
    return bundle.read(BundleNames.ANCHORS + name).orElse(new byte[0]);
  }

  @Override
  public ConsistencyProof growthFrom(long size) throws IOException, NoteFormatException {
    return ConsistencyText.parse(bundle.read(BundleNames.anchorGrowth(size)).orElse(new byte[0]));
  }
}

package io.countersign.audit.anchored;

import io.countersign.auditlog.merkle.ConsistencyProof;
import io.countersign.auditlog.note.NoteFormatException;
import java.io.IOException;
import java.util.List;

/** Where what anchors answered is kept. Nothing of it is verified yet. */
public interface AnchoredFiles {

  /** What it is for people: a bundle, or a folder. */
  String place();

  /** Those about the log as far as it is sealed. */
  List<AnchorFile> files() throws IOException;

  /** The bytes of a file; none where it is not there. */
  byte[] read(String name) throws IOException;

  /** That the log grew from what was anchored to its newest checkpoint. */
  ConsistencyProof growthFrom(long size) throws IOException, NoteFormatException;
}

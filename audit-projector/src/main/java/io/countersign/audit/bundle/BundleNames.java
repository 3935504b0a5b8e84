package io.countersign.audit.bundle;

/** What lies where in a bundle. */
final class BundleNames {

  static final String FORMAT = "countersign/evidence-bundle@v1";
  static final String CONSISTENCY_FORMAT = "countersign/consistency-proof@v1";

  static final String README = "README.md";
  static final String MANIFEST = "manifest.json";
  static final String CHECKPOINT = "checkpoint";
  static final String OLDER_CHECKPOINT = "older-checkpoint";
  static final String CONSISTENCY = "consistency-proof";
  static final String ERASURES = "erasures.json";
  static final String LOG = "log/";
  static final String ANCHORS = "log/anchors/";
  static final String ENTRIES = "entries/";
  static final String ERASURE_ENTRIES = "erasures/";
  static final String HEAD_MAP = "head-map/";
  static final String HEAD_MAP_PROOF = "head-map/head-map-proof";

  static final String ENTRY = ".entry";
  static final String PAYLOAD = ".payload";
  static final String METADATA = ".metadata";
  static final String PROOF = ".tlog-proof";

  private BundleNames() {}

  /** That the log grew from a checkpoint that was anchored. */
  static String anchorGrowth(long size) {
    return ANCHORS + size + ".consistency-proof";
  }

  /** Sorts as numbers do. */
  static String of(String folder, long index, String kind) {
    return "%s%019d%s".formatted(folder, index, kind);
  }
}

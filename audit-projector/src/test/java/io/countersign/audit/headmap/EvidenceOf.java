package io.countersign.audit.headmap;

import javax.sql.DataSource;

/** For tests of those who give it to others. */
public final class EvidenceOf {

  private EvidenceOf() {}

  public static HeadMapEvidence database(DataSource dataSource) {
    var stored = new StoredHeads(dataSource);
    return new HeadMapEvidence(stored, new HeadMaps(stored));
  }
}

package io.countersign.audit.headmap;

import io.countersign.auditlog.headmap.HeadMapProof;
import java.util.Optional;

/** What shows somebody who has nothing else where an aggregate ends: for bundles of evidence. */
public final class HeadMapEvidence {

  private final StoredHeads stored;
  private final HeadMaps maps;

  HeadMapEvidence(StoredHeads stored, HeadMaps maps) {
    this.stored = stored;
    this.maps = maps;
  }

  /**
   * A recorded map and what it says about one aggregate.
   *
   * @param recorded the map
   * @param proof the aggregate's head in it, or that it has none
   */
  public record Evidence(RecordedHeadMap recorded, HeadMapProof proof) {}

  /**
   * Out of the newest map that is sealed.
   *
   * @param sealed how many entries are
   * @return nothing while no map is
   */
  public Optional<Evidence> of(String aggregateId, long sealed) throws HeadMapDamagedException {
    Optional<RecordedHeadMap> newest = stored.newest(sealed);
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(new Evidence(newest.get(), maps.of(newest.get()).prove(aggregateId)));
  }
}

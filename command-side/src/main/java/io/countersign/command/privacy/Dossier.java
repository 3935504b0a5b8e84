package io.countersign.command.privacy;

import io.countersign.kernel.privacy.PrivacyEvent;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureApproved;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureBegun;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureCertified;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRefused;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRequested;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureWithdrawn;
import io.countersign.kernel.privacy.PrivacyEvent.HoldLifted;
import io.countersign.kernel.privacy.PrivacyEvent.HoldPlaced;
import io.countersign.kernel.privacy.PrivacyEvent.SubjectErased;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that was decided about one person's data: the state the aggregate decides on, and what people
 * are shown.
 *
 * @param holds legal holds that stand, oldest first
 * @param erasures by id, oldest first
 */
record Dossier(Map<UUID, HoldPlaced> holds, Map<UUID, Erasure> erasures) {

  static final Dossier EMPTY = new Dossier(Map.of(), Map.of());

  Dossier evolve(PrivacyEvent event) {
    return switch (event) {
      case HoldPlaced placed -> new Dossier(with(holds, placed.hold(), placed), erasures);
      case HoldLifted lifted -> new Dossier(with(holds, lifted.hold(), null), erasures);
      case ErasureRequested asked ->
          new Dossier(holds, with(erasures, asked.erasure(), Erasure.requested(asked)));
      case ErasureApproved it -> change(it.erasure(), erasure -> erasure.approved(it.by()));
      case ErasureRefused it -> change(it.erasure(), erasure -> erasure.refused(it.reason()));
      case ErasureWithdrawn it -> change(it.erasure(), erasure -> erasure.at(Stage.WITHDRAWN));
      case ErasureBegun it -> change(it.erasure(), erasure -> erasure.at(Stage.BEGUN));
      case SubjectErased it ->
          change(it.erasure(), erasure -> erasure.erased(it.keys(), it.destructions()));
      case ErasureCertified it ->
          change(it.erasure(), erasure -> erasure.certified(it.certificate()));
    };
  }

  /** The erasure that is not over, if there is one. */
  Optional<Erasure> underway() {
    return erasures.values().stream().filter(one -> !one.stage().isOver()).findFirst();
  }

  /** The erasure that destroyed keys, or is about to. */
  Optional<Erasure> irrevocable() {
    return erasures.values().stream().filter(one -> one.stage().isIrrevocable()).findFirst();
  }

  private Dossier change(UUID id, UnaryOperator<Erasure> change) {
    Erasure erasure = erasures.get(id);
    return erasure == null ? this : new Dossier(holds, with(erasures, id, change.apply(erasure)));
  }

  private static <V> Map<UUID, V> with(Map<UUID, V> map, UUID key, @Nullable V value) {
    Map<UUID, V> changed = new LinkedHashMap<>(map);
    if (value == null) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return Collections.unmodifiableMap(changed);
  }
}

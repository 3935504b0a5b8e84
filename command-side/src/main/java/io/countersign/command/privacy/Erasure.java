package io.countersign.command.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.DestroyedKey;
import io.countersign.kernel.privacy.ErasureCertificate;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.PrivacyEvent.ErasureRequested;
import io.countersign.kernel.privacy.SealedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One erasure as its events tell it.
 *
 * @param request what was asked for
 * @param approvedBy who approved so far
 * @param stage how far it is
 * @param refusal why it was refused
 * @param keys what was destroyed
 * @param destructions state of the key ring every node has to reach
 * @param certificate the end
 */
record Erasure(
    ErasureRequested request,
    List<Actor> approvedBy,
    Stage stage,
    @Nullable SealedText refusal,
    List<DestroyedKey> keys,
    long destructions,
    @Nullable ErasureCertificate certificate) {

  /** How many have to approve, each somebody else, and none of them who asked. */
  static final int APPROVALS = 2;

  static Erasure requested(ErasureRequested request) {
    return new Erasure(request, List.of(), Stage.REQUESTED, null, List.of(), 0, null);
  }

  Erasure approved(Actor by) {
    List<Actor> approvals = new ArrayList<>(approvedBy);
    approvals.add(by);
    Stage next = approvals.size() >= APPROVALS ? Stage.APPROVED : Stage.REQUESTED;
    return new Erasure(request, List.copyOf(approvals), next, null, keys, destructions, null);
  }

  Erasure at(Stage next) {
    return new Erasure(request, approvedBy, next, refusal, keys, destructions, certificate);
  }

  Erasure refused(SealedText why) {
    return new Erasure(request, approvedBy, Stage.REFUSED, why, keys, destructions, certificate);
  }

  Erasure erased(List<DestroyedKey> destroyed, long after) {
    return new Erasure(request, approvedBy, Stage.ERASED, refusal, destroyed, after, null);
  }

  Erasure certified(ErasureCertificate end) {
    return new Erasure(request, approvedBy, Stage.CERTIFIED, refusal, keys, destructions, end);
  }

  /** The person first, then the further owners. */
  List<KeyOwner> owners() {
    List<KeyOwner> owners = new ArrayList<>();
    owners.add(request.subject().keyOwner());
    owners.addAll(request.alsoErase());
    return owners;
  }
}

package io.countersign.command.privacy;

import io.countersign.kernel.Actor;
import io.countersign.kernel.privacy.PurgeCertificate;
import io.countersign.kernel.privacy.PurgeEvent;
import io.countersign.kernel.privacy.PurgeEvent.PayloadPurged;
import io.countersign.kernel.privacy.PurgeEvent.PurgeApproved;
import io.countersign.kernel.privacy.PurgeEvent.PurgeCertified;
import io.countersign.kernel.privacy.PurgeEvent.PurgeRefused;
import io.countersign.kernel.privacy.PurgeEvent.PurgeRequested;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One purge as its events tell it. Of the stages it has neither {@link Stage#ERASED} nor {@link
 * Stage#WITHDRAWN}.
 *
 * @param request what was asked for
 * @param approvedBy who approved so far
 * @param stage how far it is
 * @param purged the payloads that go
 * @param certificate the end
 */
record PurgeCase(
    PurgeRequested request,
    List<Actor> approvedBy,
    Stage stage,
    List<PayloadPurged> purged,
    @Nullable PurgeCertificate certificate) {

  /** The state after an event; the first one is the request. */
  static @Nullable PurgeCase evolve(@Nullable PurgeCase before, PurgeEvent event) {
    if (event instanceof PurgeRequested request) {
      return new PurgeCase(request, List.of(), Stage.REQUESTED, List.of(), null);
    }
    return before == null ? null : before.after(event);
  }

  private PurgeCase after(PurgeEvent event) {
    return switch (event) {
      case PurgeRequested _ -> this;
      case PurgeApproved(_, Actor by) -> approved(by);
      case PurgeRefused _ -> at(Stage.REFUSED);
      case PayloadPurged payload ->
          new PurgeCase(request, approvedBy, Stage.BEGUN, with(purged, payload), null);
      case PurgeCertified(_, PurgeCertificate end) ->
          new PurgeCase(request, approvedBy, Stage.CERTIFIED, purged, end);
    };
  }

  private PurgeCase approved(Actor by) {
    List<Actor> approvals = with(approvedBy, by);
    Stage next = approvals.size() >= Erasure.APPROVALS ? Stage.APPROVED : Stage.REQUESTED;
    return new PurgeCase(request, approvals, next, purged, null);
  }

  private PurgeCase at(Stage next) {
    return new PurgeCase(request, approvedBy, next, purged, certificate);
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return List.copyOf(longer);
  }
}

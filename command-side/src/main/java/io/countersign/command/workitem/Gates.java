package io.countersign.command.workitem;

import io.countersign.kernel.workitem.Decider;
import io.countersign.kernel.workitem.GateEvent;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was brought to the gates of a work item and holds. Documents and attestations stay when the
 * item moves on; approvals, delegations and overrides are for leaving one state, and end with it.
 *
 * @param documents those not withdrawn
 * @param attestations those not withdrawn
 * @param approvals and rejections, not revoked; ended ones only while a judgement waits
 * @param delegations not ended
 * @param overrides asked for or agreed to
 */
record Gates(
    List<Document> documents,
    List<Attestation> attestations,
    List<Approval> approvals,
    List<Delegation> delegations,
    List<OverrideAsked> overrides) {

  static final Gates EMPTY = new Gates(List.of(), List.of(), List.of(), List.of(), List.of());

  Gates {
    documents = List.copyOf(documents);
    attestations = List.copyOf(attestations);
    approvals = List.copyOf(approvals);
    delegations = List.copyOf(delegations);
    overrides = List.copyOf(overrides);
  }

  record Document(UUID id, String kind, String digest, Instant at, Decider by) {}

  record Attestation(String requirement, int revision, Instant at, Decider by) {}

  /**
   * An approval or a rejection.
   *
   * @param roles by which it counts: those of whoever delegated, where it was delegated
   * @param endedBy revision of the change that took the item to another state
   */
  record Approval(
      UUID id,
      WorkItemState to,
      String gate,
      int revision,
      boolean rejected,
      Instant at,
      @Nullable Instant expiresAt,
      Decider by,
      @Nullable String onBehalfOf,
      List<String> roles,
      @Nullable Integer endedBy) {

    boolean counted() {
      return endedBy == null;
    }

    /** Whether it was there before a change. */
    boolean countedBefore(int revision) {
      return endedBy == null || endedBy >= revision;
    }

    Approval ended(int revision) {
      return endedBy != null
          ? this
          : new Approval(
              id,
              to,
              gate,
              this.revision,
              rejected,
              at,
              expiresAt,
              by,
              onBehalfOf,
              roles,
              revision);
    }
  }

  record Delegation(
      UUID id, WorkItemState to, String gate, String delegate, Instant until, Decider by) {}

  record OverrideAsked(
      UUID id, WorkItemState from, WorkItemState to, Decider by, @Nullable Decider second) {}

  Gates evolve(GateEvent event, Instant at) {
    return switch (event) {
      case GateEvent.DocumentAttached e ->
          withDocuments(
              with(
                  documents,
                  one -> one.id().equals(e.document()),
                  new Document(e.document(), e.kind(), e.digest(), at, e.by())));
      case GateEvent.DocumentWithdrawn e ->
          withDocuments(without(documents, one -> one.id().equals(e.document())));
      case GateEvent.RequirementAttested e ->
          withAttestations(
              with(
                  attestations,
                  one -> one.requirement().equals(e.requirement()) && one.by().sameAs(e.by()),
                  new Attestation(e.requirement(), e.revision(), at, e.by())));
      case GateEvent.AttestationWithdrawn e ->
          withAttestations(
              without(
                  attestations,
                  one -> one.requirement().equals(e.requirement()) && one.by().sameAs(e.by())));
      case GateEvent.ApprovalGranted e ->
          decided(
              new Approval(
                  e.approval(),
                  e.to(),
                  e.gate(),
                  e.revision(),
                  false,
                  at,
                  e.expiresAt(),
                  e.by(),
                  e.onBehalfOf(),
                  rolesOf(e.to(), e.gate(), e.by(), e.onBehalfOf()),
                  null));
      case GateEvent.ApprovalRejected e ->
          decided(
              new Approval(
                  e.approval(),
                  e.to(),
                  e.gate(),
                  e.revision(),
                  true,
                  at,
                  null,
                  e.by(),
                  e.onBehalfOf(),
                  rolesOf(e.to(), e.gate(), e.by(), e.onBehalfOf()),
                  null));
      case GateEvent.ApprovalRevoked e ->
          withApprovals(without(approvals, one -> one.id().equals(e.approval())));
      case GateEvent.GateDelegated e ->
          withDelegations(
              with(
                  delegations,
                  one -> one.id().equals(e.delegation()),
                  new Delegation(
                      e.delegation(), e.to(), e.gate(), e.delegate(), e.until(), e.by())));
      case GateEvent.DelegationEnded e ->
          withDelegations(without(delegations, one -> one.id().equals(e.delegation())));
      case GateEvent.OverrideRequested e ->
          withOverrides(
              with(
                  overrides,
                  one -> one.id().equals(e.override()),
                  new OverrideAsked(e.override(), e.from(), e.to(), e.by(), null)));
      case GateEvent.OverrideConfirmed e ->
          withOverrides(
              overrides.stream()
                  .map(
                      one ->
                          one.id().equals(e.override())
                              ? new OverrideAsked(one.id(), one.from(), one.to(), one.by(), e.by())
                              : one)
                  .toList());
      case GateEvent.OverrideRefused e ->
          withOverrides(without(overrides, one -> one.id().equals(e.override())));
      case GateEvent.TransitionDecided _ -> this;
    };
  }

  /** After the item moved to another state. */
  Gates moved(int revision) {
    return new Gates(
        documents,
        attestations,
        approvals.stream().map(one -> one.ended(revision)).toList(),
        List.of(),
        List.of());
  }

  /** When no judgement waits: nobody will ask for what has ended. */
  Gates withoutEnded() {
    return approvals.stream().allMatch(Approval::counted)
        ? this
        : withApprovals(without(approvals, one -> !one.counted()));
  }

  Optional<Approval> approval(UUID id) {
    return approvals.stream().filter(one -> one.counted() && one.id().equals(id)).findFirst();
  }

  Optional<OverrideAsked> override(UUID id) {
    return overrides.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** What somebody decided about a gate, under whatever name. */
  Optional<Approval> decisionOf(Decider by, WorkItemState to, String gate) {
    return approvals.stream()
        .filter(one -> one.counted() && one.to() == to && one.gate().equals(gate))
        .filter(one -> one.by().sameAs(by))
        .findFirst();
  }

  Optional<Delegation> delegationTo(
      Decider delegate, WorkItemState to, String gate, Instant moment) {
    return delegations.stream()
        .filter(one -> one.to() == to && one.gate().equals(gate))
        .filter(one -> one.delegate().equals(delegate.principal()) && moment.isBefore(one.until()))
        .findFirst();
  }

  /** Everybody who decided something here. */
  Stream<Decider> deciders() {
    return Stream.of(
            documents.stream().map(Document::by),
            attestations.stream().map(Attestation::by),
            approvals.stream().map(Approval::by),
            delegations.stream().map(Delegation::by),
            overrides.stream().flatMap(one -> Stream.of(one.by(), one.second())))
        .flatMap(all -> all)
        .filter(Objects::nonNull);
  }

  /** The latest word of a person about a gate is the one that counts. */
  private Gates decided(Approval approval) {
    return withApprovals(
        with(
            approvals,
            one ->
                one.counted()
                    && one.to() == approval.to()
                    && one.gate().equals(approval.gate())
                    && one.by().sameAs(approval.by()),
            approval));
  }

  private List<String> rolesOf(
      WorkItemState to, String gate, Decider by, @Nullable String onBehalfOf) {
    return delegations.stream()
        .filter(one -> one.to() == to && one.gate().equals(gate))
        .filter(one -> one.delegate().equals(by.principal()))
        .filter(one -> one.by().principal().equals(onBehalfOf))
        .findFirst()
        .map(one -> one.by().roles())
        .orElse(by.roles());
  }

  private static <T> List<T> with(List<T> all, Predicate<T> replaced, T added) {
    List<T> now = new ArrayList<>(without(all, replaced));
    now.add(added);
    return now;
  }

  private static <T> List<T> without(List<T> all, Predicate<T> gone) {
    return all.stream().filter(gone.negate()).toList();
  }

  private Gates withDocuments(List<Document> now) {
    return new Gates(now, attestations, approvals, delegations, overrides);
  }

  private Gates withAttestations(List<Attestation> now) {
    return new Gates(documents, now, approvals, delegations, overrides);
  }

  private Gates withApprovals(List<Approval> now) {
    return new Gates(documents, attestations, now, delegations, overrides);
  }

  private Gates withDelegations(List<Delegation> now) {
    return new Gates(documents, attestations, approvals, now, overrides);
  }

  private Gates withOverrides(List<OverrideAsked> now) {
    return new Gates(documents, attestations, approvals, delegations, now);
  }
}

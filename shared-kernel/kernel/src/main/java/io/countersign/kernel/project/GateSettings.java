package io.countersign.kernel.project;

import io.countersign.kernel.policy.PolicyReference;
import io.countersign.kernel.project.ProjectCommand.AttachPolicy;
import io.countersign.kernel.project.ProjectEvent.PolicyAttached;
import io.countersign.kernel.workitem.WorkItemState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds for transitions of a project's work items.
 *
 * @param attached policies in the order they were attached
 * @param mode what follows a violation in the source
 * @param conflicts who wins when both sides moved a work item
 */
public record GateSettings(List<Attached> attached, ViolationMode mode, ConflictPolicy conflicts) {

  /** Nothing was decided: violations are recorded, and what the source says holds. */
  public static final GateSettings NONE =
      new GateSettings(List.of(), ViolationMode.OBSERVE, ConflictPolicy.THEIRS);

  /** Copies the list. */
  public GateSettings {
    attached = List.copyOf(attached);
  }

  /**
   * A policy and since when.
   *
   * @param environment environment it holds for; absent for all without one of their own
   * @param policy the policy
   * @param from when it begins to hold
   */
  public record Attached(@Nullable String environment, PolicyReference policy, Instant from) {}

  /** The policy that a transition to a state is judged by at a moment. */
  public Optional<PolicyReference> at(Instant moment, WorkItemState to) {
    return at(moment, environment(to));
  }

  /** The environment that a transition to a state reaches, if it reaches one. */
  public static @Nullable String environment(WorkItemState to) {
    return switch (to) {
      case STAGING -> "staging";
      case PRODUCTION -> "production";
      default -> null;
    };
  }

  /**
   * The policy that holds at a moment. One that is attached to the environment goes before those
   * for all; of several that have begun, the one that began last, and of those that began together
   * the one attached last.
   */
  Optional<PolicyReference> at(Instant moment, @Nullable String environment) {
    Attached holds = environment == null ? null : begunLast(moment, environment);
    if (holds == null) {
      holds = begunLast(moment, null);
    }
    return Optional.ofNullable(holds).map(Attached::policy);
  }

  private @Nullable Attached begunLast(Instant moment, @Nullable String environment) {
    Attached last = null;
    for (Attached one : attached) {
      if (Objects.equals(one.environment(), environment)
          && !one.from().isAfter(moment)
          && (last == null || !one.from().isBefore(last.from()))) {
        last = one;
      }
    }
    return last;
  }

  /** Whether this was decided already, and nothing else since. */
  public boolean has(AttachPolicy command) {
    Attached wanted = new Attached(command.environment(), command.policy(), command.from());
    return attached.reversed().stream()
        .filter(one -> Objects.equals(one.environment(), wanted.environment()))
        .filter(one -> one.from().equals(wanted.from()))
        .findFirst()
        .filter(wanted::equals)
        .isPresent();
  }

  /** With one more policy. */
  public GateSettings attached(PolicyAttached event) {
    List<Attached> more = new ArrayList<>(attached);
    more.add(new Attached(event.environment(), event.policy(), event.from()));
    return new GateSettings(more, mode, conflicts);
  }

  /** With another mode. */
  public GateSettings with(ViolationMode now) {
    return new GateSettings(attached, now, conflicts);
  }

  /** With another policy for conflicts. */
  public GateSettings with(ConflictPolicy now) {
    return new GateSettings(attached, mode, now);
  }
}

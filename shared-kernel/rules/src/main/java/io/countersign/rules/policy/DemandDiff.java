package io.countersign.rules.policy;

import io.countersign.kernel.access.Role;
import io.countersign.rules.policy.PolicyChange.Effect;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one demand of a policy became stricter or looser. */
final class DemandDiff {

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final String where;
  private final List<PolicyChange> changes;

  DemandDiff(String where, List<PolicyChange> changes) {
    this.where = where;
    this.changes = changes;
  }

  void requirement(Requirement was, Requirement is) {
    String name = "requirement " + is.id();
    switch (was) {
      case Requirement.Computed(_, _, var before)
          when is instanceof Requirement.Computed(_, _, var after) -> {
        if (!before.text().equals(after.text())) {
          add(Effect.CHANGED, "%s has another condition: %s".formatted(name, after.text()));
        }
      }
      case Requirement.Attested before when is instanceof Requirement.Attested after -> {
        roles(name, before.attestedBy(), after.attestedBy());
        flag(
            name,
            "must come from somebody who did not work on the item",
            before.notWorkers(),
            after.notWorkers());
        flag(name, "must be for the item's revision", before.sameRevision(), after.sameRevision());
      }
      default ->
          add(
              Effect.CHANGED,
              is instanceof Requirement.Computed
                  ? name + " is computed, was attested"
                  : name + " is attested, was computed");
    }
  }

  void gate(Gate was, Gate is) {
    String name = "gate " + is.id();
    if (was.count() != is.count()) {
      add(
          is.count() > was.count() ? Effect.STRICTER : Effect.LOOSER,
          "%s needs %d, before %d".formatted(name, is.count(), was.count()));
    }
    roles(name, was.roles(), is.roles());
    flag(name, "cannot be passed by who asks", was.notRequester(), is.notRequester());
    flag(name, "cannot be passed by who worked on the item", was.notWorkers(), is.notWorkers());
    flag(name, "is only for who worked on the item", was.byWorker(), is.byWorker());
    flag(name, "is for one revision", was.sameRevision(), is.sameRevision());
    int longer = life(is).compareTo(life(was));
    if (longer != 0) {
      add(
          longer < 0 ? Effect.STRICTER : Effect.LOOSER,
          "%s is good for %s, before %s".formatted(name, shown(is), shown(was)));
    }
  }

  void document(RequiredDocument was, RequiredDocument is) {
    flag("document " + is.kind(), "needs a digest", was.digestRequired(), is.digestRequired());
  }

  void separation(Separation was, Separation is) {
    if (!Set.copyOf(was.gates()).equals(Set.copyOf(is.gates()))) {
      add(
          Effect.CHANGED,
          "separation %s is of %s, before %s".formatted(is.id(), is.gates(), was.gates()));
    }
  }

  void overrides(@Nullable OverrideTerms was, @Nullable OverrideTerms is) {
    if (was == null || is == null) {
      if (was != null) {
        add(Effect.STRICTER, "are not possible any more");
      } else if (is != null) {
        add(Effect.LOOSER, "are possible now");
      }
      return;
    }
    roles("an override", was.allowedBy(), is.allowedBy());
    flag("an override", "needs a second person", was.secondPerson(), is.secondPerson());
    if (was.justificationMinLength() != is.justificationMinLength()) {
      add(
          is.justificationMinLength() > was.justificationMinLength()
              ? Effect.STRICTER
              : Effect.LOOSER,
          "a justification has %d characters or more, before %d"
              .formatted(is.justificationMinLength(), was.justificationMinLength()));
    }
  }

  private void roles(String name, Set<Role> was, Set<Role> is) {
    Set<Role> gone = difference(was, is);
    Set<Role> come = difference(is, was);
    if (!gone.isEmpty()) {
      add(
          Effect.STRICTER,
          "%s: role %s does not count any more".formatted(name, Words.roles(gone)));
    }
    if (!come.isEmpty()) {
      add(Effect.LOOSER, "%s: role %s counts too".formatted(name, Words.roles(come)));
    }
  }

  private static Set<Role> difference(Set<Role> one, Set<Role> other) {
    Set<Role> difference = EnumSet.noneOf(Role.class);
    difference.addAll(one);
    difference.removeAll(other);
    return difference;
  }

  private void flag(String name, String words, boolean was, boolean is) {
    if (was != is) {
      add(
          is ? Effect.STRICTER : Effect.LOOSER,
          "%s %s%s".formatted(name, words, is ? "" : ": no more"));
    }
  }

  private static Duration life(Gate gate) {
    return gate.expiresAfter() == null ? FOREVER : gate.expiresAfter();
  }

  private static String shown(Gate gate) {
    return gate.expiresAfter() == null ? "good" : gate.expiresAfter().toString();
  }

  private void add(Effect effect, String words) {
    changes.add(new PolicyChange(effect, where, words));
  }
}

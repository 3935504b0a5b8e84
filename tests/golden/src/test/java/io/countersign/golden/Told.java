package io.countersign.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.kernel.Actor;
import io.countersign.kernel.AggregateCommand;
import io.countersign.kernel.Provenance;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends the commands of a script, and fails where one is refused. */
final class Told {

  private final GoldenNode node;
  private int ids;

  Told(GoldenNode node) {
    this.node = node;
  }

  GoldenNode node() {
    return node;
  }

  /** An id nobody used yet, the same in every run. */
  UUID id() {
    return new UUID(0x60_1d_00_00_00_00_40_00L, 0x8000_0000_0000_0000L + ++ids);
  }

  /** By Azure DevOps. */
  void source(AggregateCommand command) {
    send(command, Actor.AZURE_DEVOPS);
  }

  /** By somebody, who gets what was asked for. */
  void person(AggregateCommand command) {
    assertThat(send(command, Actor.principal("olga")))
        .as(command.toString())
        .satisfies(answer -> assertThat(isRefusal(answer)).isFalse());
  }

  /** By somebody, who is refused, and the refusal is an event. */
  void refused(AggregateCommand command) {
    assertThat(isRefusal(send(command, Actor.principal("olga")))).isTrue();
  }

  private @Nullable Object send(AggregateCommand command, Actor actor) {
    UUID id = id();
    try {
      return node.sender.send(
          command,
          id,
          Map.of(
              Provenance.ACTOR,
              actor.ref(),
              Provenance.CORRELATION_ID,
              "correlation-" + id,
              Provenance.CAUSATION_ID,
              "causation-" + id,
              Provenance.DELIVERY_ID,
              id.toString()));
    } catch (Exception e) {
      throw new IllegalStateException(command.getClass() + " failed", e);
    }
  }

  private static boolean isRefusal(@Nullable Object answer) {
    return answer != null && answer.getClass().getSimpleName().equals("Refused");
  }
}

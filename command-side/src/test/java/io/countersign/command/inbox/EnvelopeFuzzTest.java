package io.countersign.command.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.azuredevops.DeliveryCorpus;
import io.countersign.testkit.fuzz.Mutant;
import io.countersign.testkit.fuzz.Mutator;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is kept in clear of any bytes is harmless, and every delivery has a lane. */
class EnvelopeFuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20261121);
  private static final int BODIES = Integer.getInteger("fuzz.bodies", 2_500);

  @Test
  void anyBytesHaveALaneAndShowNothing() throws Exception {
    var mutator = new Mutator(DeliveryCorpus.all(), SEED);
    int shared = 0;
    for (int number = 0; number < BODIES; number++) {
      Mutant mutant = mutator.mutant(number);
      UUID delivery = new UUID(1, number);
      EnvelopePeek peek = EnvelopePeek.of(mutant.body());
      String lane = Lane.of(peek, delivery);
      assertThat(lane).as(mutant.name()).matches("[a-z-]+:[A-Za-z0-9_-]{36,43}");
      assertThat(EnvelopePeek.of(mutant.body())).as(mutant.name()).isEqualTo(peek);
      assertThat(String.valueOf(peek.eventType()))
          .as(mutant.name())
          .doesNotContain(Mutator.MARKER)
          .matches("[A-Za-z0-9._-]{1,80}");
      Long notification = peek.notificationId();
      assertThat(notification == null || notification >= 0).as(mutant.name()).isTrue();
      shared += lane.endsWith(delivery.toString()) ? 0 : 1;
    }
    assertThat(shared).as("some still tell what they are about").isBetween(BODIES / 3, BODIES);
  }
}

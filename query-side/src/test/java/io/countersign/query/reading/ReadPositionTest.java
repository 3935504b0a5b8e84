package io.countersign.query.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.query.Histories;
import io.countersign.query.RealApi;
import io.countersign.query.projection.RunningProjections;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.LinkedMultiValueMap;

class ReadPositionTest {

  @Test
  void whoWaitsForAnEntryKeepsNobodyFromBeingAnswered(@TempDir Path directory) {
    try (var api = new RealApi(directory)) {
      var query = new LinkedMultiValueMap<String, String>();
      query.add("atLeast", "20");
      query.add("wait", "30s");
      var asked = new RequestParameters(query, RequestParameters.POSITION);
      var slots = new RequestSlots(1, 1, Duration.ofSeconds(30));
      RequestSlots.Slot slot = slots.slot();
      slot.take().block();

      var reached =
          api.context
              .getBean(ReadPosition.class)
              .reached("work-items", asked)
              .contextWrite(slot::in)
              .toFuture();
      RunningProjections.eventually(() -> slots.taken() == 0);
      assertThat(reached).isNotDone();

      RequestSlots.Slot other = slots.slot();
      other.take().block();
      api.append(Histories.everyKind(3, 30));
      RunningProjections.eventually(() -> slots.waiting() == 1);
      assertThat(reached).as("waits for its turn again").isNotDone();
      other.leave();
      assertThat(reached.join()).isGreaterThanOrEqualTo(20);
      assertThat(slots.taken()).isOne();
    }
  }
}

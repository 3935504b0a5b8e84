package io.countersign.command.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.command.inbox.Delivery;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeptHeadersTest {

  @Test
  void nobodyOutsideCanPassForReconciliation() {
    var headers =
        new DefaultHttpHeaders()
            .add("Content-Type", "application/json")
            .add(Delivery.ORIGIN, Delivery.FETCHED);
    Map<String, String> kept = KeptHeaders.of(headers);
    assertThat(kept).containsOnlyKeys("content-type");
    assertThat(new Delivery(UUID.randomUUID(), Instant.EPOCH, kept, new byte[0], 1).isFetched())
        .isFalse();
  }
}

package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

/** Deliveries are handled only while commands have handlers; higher phases stop earlier. */
class StopOrderTest {

  private final Map<String, SmartLifecycle> parts =
      TestServer.shared().server().context().getBeansOfType(SmartLifecycle.class);

  private IntStream phases(Predicate<String> typeName) {
    return parts.values().stream()
        .filter(part -> typeName.test(part.getClass().getSimpleName()))
        .mapToInt(SmartLifecycle::getPhase);
  }

  @Test
  void theInboxStopsAfterTheWebServerAndBeforeTheCommandHandlers() {
    int[] inbox = phases("InboxLifecycle"::equals).toArray();
    int axon = phases(SpringAxonConfiguration.class.getSimpleName()::equals).sum();
    int web = phases(name -> name.startsWith("WebServer")).min().orElseThrow();

    assertThat(inbox).hasSizeGreaterThanOrEqualTo(2).allMatch(phase -> axon < phase && phase < web);
  }
}

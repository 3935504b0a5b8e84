package io.countersign.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.spring.config.SpringAxonConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** What has the higher phase starts later and stops earlier. */
final class StopOrderTest {

  private final TestServer server = TestServer.shared();

  private int phase(String bean) {
    return server.server().context().getBean(bean, SmartLifecycle.class).getPhase();
  }

  @Test
  void inboxWorkersRunOnlyWhileThereAreCommandHandlers() {
    int handlers = server.server().context().getBean(SpringAxonConfiguration.class).getPhase();
    assertThat(phase("inboxWorkersLifecycle")).isGreaterThan(handlers);
  }

  @Test
  void theWriterFlushesAfterTheLastRequestAndBeforeTheWorkersStop() {
    assertThat(phase("inboxWriterLifecycle"))
        .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
        .isGreaterThan(phase("inboxWorkersLifecycle"));
  }
}

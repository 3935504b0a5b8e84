package io.countersign.audit;

import io.countersign.audit.log.LogController;
import io.countersign.eventlog.read.LogReader;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The audit side: reads and recomputes the log. Needs a bean of type {@link LogReader}. */
@Configuration(proxyBeanMethods = false)
public class AuditProjector {

  @Bean(destroyMethod = "dispose")
  Scheduler auditReading() {
    return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "audit");
  }

  @Bean
  LogController logController(LogReader log, Scheduler auditReading) {
    return new LogController(log, auditReading);
  }
}

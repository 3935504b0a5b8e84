package io.countersign.audit.log;

import io.countersign.eventlog.read.LogReader;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Beans of the log's HTTP API. */
@Configuration(proxyBeanMethods = false)
public class LogApi {

  @Bean(destroyMethod = "dispose")
  Scheduler logReading() {
    return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "log");
  }

  @Bean
  LogController logController(LogReader logReader, Scheduler logReading) {
    return new LogController(logReader, logReading);
  }
}

package io.countersign.audit.log;

import io.countersign.audit.publish.PublishedLog;
import io.countersign.eventlog.read.LogReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Beans of the log's HTTP API. */
@Configuration(proxyBeanMethods = false)
public class LogApi {

  @Bean(destroyMethod = "dispose")
  Scheduler logReading() {
    // no ExecutorService: a client that gives up would interrupt, and that closes a JDBC socket
    return Schedulers.fromExecutor(Thread::startVirtualThread);
  }

  @Bean
  LogController logController(LogReader logReader, Scheduler logReading) {
    return new LogController(logReader, logReading);
  }

  @Bean
  PublishedLogController publishedLogController(PublishedLog published, Scheduler logReading) {
    return new PublishedLogController(published, logReading);
  }

  @Bean
  ProofController proofController(PublishedLog published, Scheduler logReading) {
    return new ProofController(published, logReading);
  }
}

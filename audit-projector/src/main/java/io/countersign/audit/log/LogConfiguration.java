package io.countersign.audit.log;

import io.countersign.eventlog.read.LogReader;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The log over HTTP. Needs a bean of type {@link LogReader}. */
@Configuration(proxyBeanMethods = false)
public class LogConfiguration {

  @Bean
  LogController logController(LogReader reader) {
    return new LogController(
        reader, Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor()));
  }
}

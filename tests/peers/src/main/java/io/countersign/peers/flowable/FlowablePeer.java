package io.countersign.peers.flowable;

import io.countersign.peers.front.Engine;
import io.countersign.peers.front.Plain;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Flowable as a library in a Spring Boot program, and the front. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class FlowablePeer {

  FlowablePeer() {}

  /** Starts it; settings as options of Spring Boot. */
  public static void main(String[] args) {
    Plain.run(FlowablePeer.class, args);
  }

  @Bean
  DataSource connections(Environment environment) {
    return Plain.pool(environment);
  }

  @Bean(destroyMethod = "close")
  ProcessEngine processEngine(DataSource connections) {
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(connections);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistoryLevel(HistoryLevel.FULL);
    configuration.setAsyncExecutorActivate(false);
    configuration.setDisableIdmEngine(true);
    configuration.setDisableEventRegistry(true);
    ProcessEngine engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("flowable/work-item.bpmn20.xml")
        .deploy();
    return engine;
  }

  @Bean
  Engine engine(ProcessEngine processEngine) {
    return new WorkItemProcess(processEngine.getRuntimeService());
  }
}

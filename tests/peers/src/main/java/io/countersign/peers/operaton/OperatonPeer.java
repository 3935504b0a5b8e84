package io.countersign.peers.operaton;

import io.countersign.peers.front.Engine;
import io.countersign.peers.front.Plain;
import javax.sql.DataSource;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Operaton as a library in a Spring Boot program, and the front. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class OperatonPeer {

  OperatonPeer() {}

  /** Starts it; settings as options of Spring Boot. */
  public static void main(String[] args) {
    Plain.run(OperatonPeer.class, args);
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
    configuration.setHistory("full");
    configuration.setJobExecutorActivate(false);
    configuration.setMetricsEnabled(false);
    configuration.setIdGenerator(new StrongUuidGenerator());
    ProcessEngine engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("operaton/work-item.bpmn")
        .deploy();
    return engine;
  }

  @Bean
  Engine engine(ProcessEngine processEngine) {
    return new WorkItemProcess(processEngine.getRuntimeService());
  }
}

package io.countersign.app.serve;

import io.countersign.app.data.DataDirectory;
import io.countersign.audit.AuditProjector;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a node with the role {@code audit} adds. */
@Configuration(proxyBeanMethods = false)
@Import(AuditProjector.class)
class AuditWiring {

  @Bean
  Path auditFolder(DataDirectory directory) {
    return directory.audit();
  }
}

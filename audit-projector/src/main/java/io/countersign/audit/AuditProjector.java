package io.countersign.audit;

import io.countersign.audit.anchor.AnchorConfiguration;
import io.countersign.audit.housekeeping.HousekeepingConfiguration;
import io.countersign.audit.log.LogApi;
import io.countersign.audit.seal.SealConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The audit side: the log over HTTP, its sealing, and its anchors. Needs a {@code LogReader} and a
 * {@code Path} named {@code auditFolder}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  LogApi.class,
  HousekeepingConfiguration.class,
  SealConfiguration.class,
  AnchorConfiguration.class
})
public class AuditProjector {}

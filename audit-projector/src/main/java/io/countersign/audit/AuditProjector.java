package io.countersign.audit;

import io.countersign.audit.halt.HaltApi;
import io.countersign.audit.log.LogApi;
import io.countersign.audit.seal.SealConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The audit side: the log over HTTP, its sealing, and decisions about it. Needs a {@code LogReader}
 * and a {@code Path} named {@code auditFolder}.
 */
@Configuration(proxyBeanMethods = false)
@Import({LogApi.class, SealConfiguration.class, HaltApi.class})
public class AuditProjector {}

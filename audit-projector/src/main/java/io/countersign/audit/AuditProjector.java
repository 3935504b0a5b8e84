package io.countersign.audit;

import io.countersign.audit.log.LogApi;
import io.countersign.audit.seal.SealConfiguration;
import io.countersign.audit.sequence.SequenceConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The audit side: the log over HTTP, and its sealing. Needs a {@code LogReader} and a {@code Path}
 * named {@code auditFolder}.
 */
@Configuration(proxyBeanMethods = false)
@Import({LogApi.class, SealConfiguration.class, SequenceConfiguration.class})
public class AuditProjector {}

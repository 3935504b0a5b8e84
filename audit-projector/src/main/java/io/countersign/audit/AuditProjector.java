package io.countersign.audit;

import io.countersign.audit.log.LogApi;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The audit side: the log over HTTP. Needs a {@code LogReader}. */
@Configuration(proxyBeanMethods = false)
@Import(LogApi.class)
public class AuditProjector {}

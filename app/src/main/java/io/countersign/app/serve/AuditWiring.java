package io.countersign.app.serve;

import io.countersign.audit.AuditProjector;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a node with the role {@code audit} adds. */
@Configuration(proxyBeanMethods = false)
@Import(AuditProjector.class)
class AuditWiring {}

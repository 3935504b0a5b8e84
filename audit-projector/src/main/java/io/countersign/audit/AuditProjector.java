package io.countersign.audit;

import io.countersign.audit.anchor.AnchorConfiguration;
import io.countersign.audit.bundle.BundleConfiguration;
import io.countersign.audit.halt.HaltApi;
import io.countersign.audit.headmap.HeadMapConfiguration;
import io.countersign.audit.housekeeping.HousekeepingConfiguration;
import io.countersign.audit.log.LogApi;
import io.countersign.audit.scrub.ScrubConfiguration;
import io.countersign.audit.seal.SealConfiguration;
import io.countersign.audit.sequence.SequenceConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The audit side: the log over HTTP, its sealing, head maps, bundles of evidence, anchors, and
 * decisions about it. Needs a {@code LogReader} and a {@code Path} named {@code auditFolder}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  LogApi.class,
  SealConfiguration.class,
  HousekeepingConfiguration.class,
  HeadMapConfiguration.class,
  BundleConfiguration.class,
  ScrubConfiguration.class,
  SequenceConfiguration.class,
  AnchorConfiguration.class,
  HaltApi.class
})
public class AuditProjector {}

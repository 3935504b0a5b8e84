package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Fault;
import io.countersign.e2e.harness.Site;
import java.nio.file.Path;
import java.util.Map;

/** A fault of the line, made by a proxy. */
interface ThroughProxy extends Fault {

  /** The line of the site. */
  ProxyLine line();

  @Override
  default Site start(Path scratch) throws Exception {
    return Site.start(scratch, nodes(), Map.of(), line());
  }

  /** What makes the fault. */
  default PostgresProxy proxy() {
    return line().proxy();
  }
}

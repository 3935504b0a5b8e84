package io.countersign.app.web;

import io.countersign.app.settings.ServeSettings;
import io.countersign.kernel.access.Open;
import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.kernel.problem.ProblemType;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Metrics for Prometheus. Open when the server listens on the loopback address only; else they need
 * {@link Permission#READ_OPERATIONS}.
 */
@RestController
@Tag(name = "Health")
class MetricsController {

  private final PrometheusMeterRegistry registry;
  private final boolean open;

  MetricsController(PrometheusMeterRegistry registry, ServeSettings settings) {
    this.registry = registry;
    this.open = isLoopback(settings.bind());
  }

  @Open("on the loopback address; elsewhere the method itself asks for READ_OPERATIONS")
  @GetMapping(path = "/metrics", produces = "text/plain;version=0.0.4;charset=utf-8")
  @Operation(
      summary = "Metrics in Prometheus' text format",
      description = "Needs the permission READ_OPERATIONS unless bound to the loopback address.")
  @ApiResponse(responseCode = "200", description = "The metrics.")
  Mono<String> metrics(
      @Parameter(hidden = true)
          @RequestAttribute(name = "io.countersign.principal", required = false)
          @Nullable Principal principal) {
    if (!open) {
      if (principal == null) {
        throw new ProblemException(ProblemType.UNAUTHENTICATED, "Send a bearer token.");
      }
      if (!principal.may(Permission.READ_OPERATIONS)) {
        throw new ProblemException(ProblemType.FORBIDDEN, "READ_OPERATIONS is needed.");
      }
    }
    return BlockingWork.mono(registry::scrape);
  }

  private static boolean isLoopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

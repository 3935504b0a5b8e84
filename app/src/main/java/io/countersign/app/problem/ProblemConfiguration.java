package io.countersign.app.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebExceptionHandler;
import tools.jackson.databind.json.JsonMapper;

/** Problems instead of error pages. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

  /** Before Spring Boot's own, which is at -1. */
  @Bean
  @Order(-2)
  WebExceptionHandler problemHandler(JsonMapper json) {
    return new ProblemHandler(json);
  }
}

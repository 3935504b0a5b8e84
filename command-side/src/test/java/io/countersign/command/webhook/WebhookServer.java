package io.countersign.command.webhook;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.command.inbox.DeliveryHandler;
import io.countersign.command.inbox.InboxConfiguration;
import io.countersign.command.inbox.InboxFixture;
import io.countersign.command.inbox.MemoryKeyRing;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The endpoint and the operator's API on a real server over a real database. */
final class WebhookServer implements AutoCloseable {

  static final String SECRET = "current-secret-0123456789";

  final HikariDataSource pool = TestPostgres.pool(InboxFixture.emptyDatabase(), 30);
  final JdbcClient jdbc = JdbcClient.create(pool);
  final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
  final DisposableServer server;

  WebhookServer(WebhookSettings settings, DeliveryHandler handler, Map<String, Object> properties) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.registerBean(WebhookSettings.class, () -> settings);
    context.registerBean(DeliveryHandler.class, () -> handler);
    context.registerBean(DataSource.class, () -> pool);
    context.registerBean(KeyRing.class, MemoryKeyRing::new);
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.register(Web.class, InboxConfiguration.class, WebhookConfiguration.class);
    context.refresh();
    var http = WebHttpHandlerBuilder.applicationContext(context).build();
    var netty = context.getBean(NettyServerCustomizer.class).apply(HttpServer.create().port(0));
    server = netty.handle(new ReactorHttpHandlerAdapter(http)).bindNow();
  }

  int port() {
    return server.port();
  }

  long count(String table) {
    return jdbc.sql("select count(*) from inbox." + table).query(Long.class).single();
  }

  @Override
  public void close() {
    context.close();
    server.disposeNow();
    pool.close();
  }

  /** What the app module does: principals, problems, and a filter that may fail. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFlux
  static class Web implements WebFluxConfigurer {

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
      configurer.addCustomResolver(
          new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
              return parameter.getParameterType() == Principal.class;
            }

            @Override
            public Mono<Object> resolveArgument(
                MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
              String role = exchange.getRequest().getHeaders().getFirst("X-Role");
              return Mono.just(
                  new Principal(
                      "olga",
                      Set.of(
                          Role.valueOf(
                              (role == null ? "viewer" : role).toUpperCase(Locale.ROOT)))));
            }
          });
    }

    @Bean
    WebFilter failing() {
      return (exchange, chain) ->
          exchange.getRequest().getHeaders().containsHeader("X-Break")
              ? Mono.error(new IllegalStateException("broken around the endpoint"))
              : chain.filter(exchange);
    }

    @Bean
    WebExceptionHandler problems() {
      return (exchange, e) -> {
        if (e instanceof ProblemException problem) {
          exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(problem.type().status()));
          return exchange.getResponse().setComplete();
        }
        return Mono.error(e);
      };
    }
  }
}

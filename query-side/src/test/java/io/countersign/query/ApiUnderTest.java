package io.countersign.query;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.eventlog.database.DatabaseAddress;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.processing.ClaimClock;
import io.countersign.eventlog.read.LogReader;
import io.countersign.kernel.Provenance;
import io.countersign.kernel.access.Principal;
import io.countersign.kernel.access.Role;
import io.countersign.kernel.problem.ProblemException;
import io.countersign.query.Histories.Logged;
import io.countersign.query.projection.RunningProjections;
import io.countersign.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The query side as the app would wire it, over a database of its own. */
public final class ApiUnderTest implements AutoCloseable {

  public final AnnotationConfigApplicationContext context;
  public final WebTestClient client;
  public final FakeCipher cipher;
  public final CountingLog log;
  public final HikariDataSource dataSource;
  private final org.axonframework.config.Configuration axon;
  private final Map<String, Long> sequences = new HashMap<>();
  private long last = -1;

  public ApiUnderTest() {
    DatabaseAddress address = RunningProjections.newDatabase();
    dataSource = TestPostgres.pool(address, 12);
    context = new AnnotationConfigApplicationContext();
    context.registerBean(DatabaseAddress.class, () -> address);
    context.registerBean(DataSource.class, () -> dataSource);
    context.register(Surroundings.class, Fakes.class, WebFlux.class);
    context.refresh();
    cipher = context.getBean(FakeCipher.class);
    log = context.getBean(CountingLog.class);
    axon = context.getBean(org.axonframework.config.Configuration.class);
    client = WebTestClient.bindToApplicationContext(context).build();
  }

  /** Appends events, of which indexes and deliveries are made up here. */
  public long append(Object... events) {
    for (Object event : events) {
      appendBy(Histories.provenance("delivery-" + (last + 1)), event);
    }
    return last;
  }

  /** Appends events that come from somewhere. */
  public long appendBy(Provenance provenance, Object... events) {
    for (Object event : events) {
      last++;
      axon.eventStore()
          .publish(
              RunningProjections.messages(List.of(new Logged(last, event, provenance)), sequences));
      log.grow(1);
    }
    return last;
  }

  @Override
  public void close() {
    axon.shutdown();
    context.close();
    dataSource.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFlux
  static class WebFlux implements WebFluxConfigurer {

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
      resolvers.addCustomResolver(new Ann());
    }
  }

  /** Stands in for authentication. */
  private static final class Ann implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Principal.class;
    }

    @Override
    public Mono<Object> resolveArgument(
        MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
      return Mono.just(new Principal("ann", Set.of(Role.ADMIN)));
    }
  }

  /** What the app gives the query side. */
  @Configuration(proxyBeanMethods = false)
  @Import(QuerySide.class)
  static class Surroundings {

    @Bean
    ConnectionFactory connectionFactory(DatabaseAddress address) {
      URI uri = URI.create(address.url().substring("jdbc:".length()));
      return new PostgresqlConnectionFactory(
          PostgresqlConnectionConfiguration.builder()
              .host(uri.getHost())
              .port(uri.getPort())
              .database(uri.getPath().substring(1))
              .username(address.user())
              .password(address.password())
              .build());
    }

    @Bean
    ClaimClock claimClock(DataSource dataSource) {
      return new ClaimClock(dataSource).start();
    }

    @Bean
    MeterRegistry metrics() {
      return new SimpleMeterRegistry();
    }

    @Bean
    Problems problems() {
      return new Problems();
    }
  }

  /** A log in memory, a cipher made by hand. */
  @Configuration(proxyBeanMethods = false)
  static class Fakes {

    @Bean
    TextCipher cipher() {
      return new FakeCipher();
    }

    @Bean
    LogReader log() {
      return new CountingLog();
    }

    @Bean
    Clock clock() {
      return Clock.fixed(CountingLog.NOW, ZoneOffset.UTC);
    }

    @Bean({"serializer", "eventSerializer"})
    Serializer serializer() {
      return Jackson3Serializer.builder().build();
    }

    @Bean(destroyMethod = "")
    EventStore eventStore(org.axonframework.config.Configuration axon) {
      return axon.eventStore();
    }

    @Bean
    org.axonframework.config.Configuration axon(
        List<ConfigurerModule> modules, Serializer serializer) {
      var configurer =
          DefaultConfigurer.defaultConfiguration(false)
              .configureSerializer(_ -> serializer)
              .configureEventStore(
                  _ -> EmbeddedEventStore.builder().storageEngine(new OrderedEngine()).build());
      modules.forEach(module -> module.configureModule(configurer));
      return configurer.start();
    }
  }

  @RestControllerAdvice
  static class Problems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException problem) {
      ProblemDetail body = ProblemDetail.forStatus(problem.type().status());
      body.setType(URI.create("/problems/" + problem.type().slug()));
      body.setDetail(problem.detail());
      problem.properties().forEach(body::setProperty);
      return ResponseEntity.status(problem.type().status())
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .body(body);
    }
  }
}

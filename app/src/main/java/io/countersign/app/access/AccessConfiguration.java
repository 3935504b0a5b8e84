package io.countersign.app.access;

import io.countersign.app.data.DataDirectory;
import io.countersign.app.web.BlockingWork;
import io.countersign.eventlog.database.Schema;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import reactor.core.publisher.Mono;

/** Principals, tokens, and the filters that hold every request against them. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class AccessConfiguration {

  @Bean
  @Order(1)
  Schema principalSchema() {
    return PrincipalStore.SCHEMA;
  }

  @Bean
  PrincipalStore principalStore(DataSource dataSource, Clock clock, DataDirectory directory) {
    var store = new PrincipalStore(dataSource::getConnection, clock);
    FirstStart.prepare(directory, store);
    return store;
  }

  @Bean
  PrincipalController principalController(PrincipalStore store, Clock clock) {
    return new PrincipalController(store, clock);
  }

  /** Another way to authenticate (OIDC) is another manager and filter beside this one. */
  @Bean
  ReactiveAuthenticationManager tokenAuthenticationManager(PrincipalStore store, Clock clock) {
    var lookup = new TokenLookup(store, clock);
    return authentication ->
        authentication instanceof TokenCredentials credentials
            ? BlockingWork.mono(() -> lookup.find(credentials.token()))
                .flatMap(Mono::justOrEmpty)
                .<org.springframework.security.core.Authentication>map(TokenAuthentication::new)
                .switchIfEmpty(
                    Mono.error(() -> new BadCredentialsException("the token is not accepted")))
            : Mono.empty();
  }

  @Bean
  SecurityWebFilterChain securityWebFilterChain(
      ServerHttpSecurity http,
      ReactiveAuthenticationManager manager,
      ObjectProvider<HandlerMapping> mappings) {
    var tokens = new AuthenticationWebFilter(manager);
    tokens.setServerAuthenticationConverter(TokenCredentials::of);
    tokens.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
    tokens.setAuthenticationFailureHandler((_, failure) -> Mono.error(failure));
    return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
        .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .addFilterAt(tokens, SecurityWebFiltersOrder.AUTHENTICATION)
        .addFilterAt(
            new PermissionFilter(() -> mappings.orderedStream().toList()),
            SecurityWebFiltersOrder.AUTHORIZATION)
        .build();
  }

  @Bean
  WebFluxConfigurer principalArgument() {
    return new WebFluxConfigurer() {
      @Override
      public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new PrincipalArgument());
      }
    };
  }
}

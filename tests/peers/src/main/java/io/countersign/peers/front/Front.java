package io.countersign.peers.front;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Takes webhooks as ours does, with basic authentication, and answers 202 after the commit. */
@RestController
public final class Front {

  /** As many threads as database connections: more would only wait for one. */
  private static final int THREADS = 20;

  private static final int QUEUE = 100_000;
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final Engine engine;
  private final byte[] expected;
  private final Scheduler blocking = Schedulers.newBoundedElastic(THREADS, QUEUE, "engine");

  /**
   * A front.
   *
   * @param secret password of the user {@code azure-devops}
   */
  public Front(Engine engine, @Value("${peer.secret}") String secret) {
    this.engine = engine;
    byte[] credentials = ("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8);
    this.expected =
        ("Basic " + Base64.getEncoder().encodeToString(credentials))
            .getBytes(StandardCharsets.US_ASCII);
  }

  @GetMapping("/health/ready")
  HttpStatus ready() {
    return HttpStatus.OK;
  }

  @PostMapping("/webhooks/azure-devops")
  Mono<ResponseEntity<Void>> receive(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization, @RequestBody byte[] body) {
    if (!MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.US_ASCII))) {
      return Mono.just(ResponseEntity.status(HttpStatus.UNAUTHORIZED).build());
    }
    return Mono.fromCallable(() -> take(body)).subscribeOn(blocking);
  }

  private ResponseEntity<Void> take(byte[] body) {
    try {
      engine.record(Change.of(body));
      return ResponseEntity.status(HttpStatus.ACCEPTED).build();
    } catch (Exception e) {
      LOG.warn("not recorded", e);
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
    }
  }
}

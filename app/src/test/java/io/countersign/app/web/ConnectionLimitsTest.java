package io.countersign.app.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.app.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** Nothing here waits for a time: each client reads until the server ends the connection. */
@Timeout(120)
class ConnectionLimitsTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";

  private DisposableServer server;
  private ConnectionLimits limits;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private void serve(HttpSettings settings) {
    limits = new ConnectionLimits(settings, metrics);
    server =
        limits
            .apply(HttpServer.create().host("127.0.0.1").port(0))
            .route(
                routes ->
                    routes
                        .post("/", ConnectionLimitsTest::readAll)
                        .get("/flood", (_, out) -> out.sendString(flood())))
            .bindNow();
  }

  private static Mono<Void> readAll(HttpServerRequest in, HttpServerResponse out) {
    return in.receive().then(Mono.defer(() -> out.sendString(Mono.just("ok")).then()));
  }

  /** More than any buffer takes. */
  private static Flux<String> flood() {
    return Flux.range(0, 20_000).map(_ -> "x".repeat(10_000));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.disposeNow();
    awaitNoneOpen();
  }

  private void awaitNoneOpen() throws InterruptedException {
    while (limits.open() > 0) {
      Thread.sleep(5);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static Socket send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  /** All the server said. It may end with a reset, because the client was still sending. */
  private static String readToEnd(Socket socket) throws IOException {
    var said = new StringBuilder();
    try (socket) {
      var in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        said.append((char) next);
      }
    } catch (SocketException reset) {
      // the end as well
    }
    return said.toString();
  }

  private static void readAnswer(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var seen = new StringBuilder();
    while (!seen.toString().endsWith("ok")) {
      seen.append((char) in.read());
    }
    assertThat(seen.toString()).startsWith("HTTP/1.1 200");
  }

  private double cut() {
    return metrics.get("countersign.http.cut").functionCounter().count();
  }

  /** One byte at a time, as long as the server takes them: idle times never end. */
  private static void drip(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      while (true) {
        out.write('a');
        out.flush();
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException cut) {
      // what the test is about
    }
  }

  @Test
  void aRequestThatCameWhileTheServerStoodStillIsAnswered() throws Exception {
    var still = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    limits =
        new ConnectionLimits(new HttpSettings(100, LONG, LONG, SHORT, LONG, 10, LONG), metrics);
    LoopResources oneThread = LoopResources.create("one", 1, true);
    server =
        limits
            .apply(HttpServer.create().host("127.0.0.1").port(0).runOn(oneThread))
            .route(
                routes ->
                    routes
                        .post("/", ConnectionLimitsTest::readAll)
                        .get(
                            "/still",
                            (_, out) -> {
                              still.countDown();
                              awaitUninterrupted(goOn);
                              return out.sendString(Mono.just("ok"));
                            }))
            .bindNow();
    try (Socket kept = connect();
        Socket other = connect()) {
      readAnswer(send(kept, POST));
      send(other, "GET /still HTTP/1.1\r\nHost: x\r\n\r\n");
      still.await();
      send(kept, POST);
      Thread.sleep(SHORT.multipliedBy(3)); // the idle time passes while nobody can read
      goOn.countDown();
      readAnswer(kept);
    } finally {
      oneThread.dispose();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aHeadThatComesByteByByteIsAnswered408AndCut() throws Exception {
    serve(new HttpSettings(100, SHORT, LONG, LONG, LONG, 10, LONG));
    Socket slow = send(connect(), "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    Thread.ofVirtual().start(() -> drip(slow));
    assertThat(readToEnd(slow)).startsWith("HTTP/1.1 408 ");
    assertThat(cut()).isOne();
  }

  @Test
  void aBodyThatComesByteByByteIsAnswered408AndCut() throws Exception {
    serve(new HttpSettings(100, LONG, SHORT, LONG, LONG, 10, LONG));
    Socket slow = send(connect(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n");
    Thread.ofVirtual().start(() -> drip(slow));
    assertThat(readToEnd(slow)).startsWith("HTTP/1.1 408 ");
    assertThat(cut()).isOne();
  }

  @Test
  void aBodyThatIsWaitedForIsAnswered408Too() throws Exception {
    serve(new HttpSettings(100, LONG, SHORT, LONG, LONG, 10, LONG));
    Socket slow =
        send(
            connect(),
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assertThat(readToEnd(slow)).containsSubsequence("HTTP/1.1 100 ", "HTTP/1.1 408 ");
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    serve(new HttpSettings(100, LONG, LONG, SHORT, LONG, 10, LONG));
    assertThat(readToEnd(connect())).isEmpty();
  }

  @Test
  void anAnswerNobodyReadsIsCut() throws Exception {
    serve(new HttpSettings(100, LONG, LONG, LONG, SHORT, 10, LONG));
    Socket deaf = send(connect(), "GET /flood HTTP/1.1\r\nHost: x\r\n\r\n");
    while (limits.open() == 0) {
      Thread.sleep(5);
    }
    awaitNoneOpen();
    deaf.close();
  }

  @Test
  void beyondTheLimitTheOneThatWaitedLongestGoesAndOthersAreServed() throws Exception {
    serve(new HttpSettings(10, LONG, LONG, LONG, LONG, 10, LONG));
    List<Socket> idle = new ArrayList<>();
    Socket busy = send(connect(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{");
    for (int i = 0; i < 10; i++) {
      while (limits.open() < Math.min(10, i + 1)) {
        Thread.sleep(5);
      }
      idle.add(connect());
    }
    assertThat(readToEnd(idle.getFirst())).as("the eldest that waits").isEmpty();
    assertThat(cut()).isOne();
    send(busy, "}");
    byte[] answer = busy.getInputStream().readNBytes(12);
    assertThat(new String(answer, US_ASCII)).as("busy, and older").isEqualTo("HTTP/1.1 200");
    busy.close();
    for (Socket one : idle) {
      one.close();
    }
    awaitNoneOpen();
  }

  @Test
  void whoWasAnsweredWaitsAgainAndMayHaveToGo() throws Exception {
    serve(new HttpSettings(10, LONG, LONG, LONG, LONG, 10, LONG));
    Socket answered = send(connect(), POST);
    readAnswer(answered);
    List<Socket> later = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      while (limits.open() < i + 1) {
        Thread.sleep(5);
      }
      later.add(connect());
    }
    assertThat(readToEnd(answered)).isEmpty();
    for (Socket one : later) {
      readAnswer(send(one, POST));
      one.close();
    }
    awaitNoneOpen();
  }

  @Test
  void whoIsQuickIsServedAgainAndAgainOnOneConnection() throws Exception {
    serve(new HttpSettings(10, LONG, LONG, LONG, LONG, 10, LONG));
    try (Socket quick = connect()) {
      for (int i = 0; i < 50; i++) {
        readAnswer(send(quick, POST));
      }
    }
    awaitNoneOpen();
  }
}

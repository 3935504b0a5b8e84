package io.countersign.app.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A connection that is kept alive goes on being read. Reactor Netty up to 1.3.7 read no more after
 * a request that came while the one before was being finished (reactor-netty issue 4361): clients
 * waited until the connection was closed as idle, a minute later.
 */
@Timeout(120)
final class KeptAliveConnectionTest {

  private static final int PATIENCE_MILLIS = 20_000;

  @Test
  void aRequestBehindOneThatWasSentAheadIsAnswered() throws IOException {
    URI server = URI.create(TestServer.shared().server().url());
    for (int i = 0; i < 20; i++) {
      try (var socket = new Socket(server.getHost(), server.getPort())) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        send(socket, get("/health/ready") + get("/health/live"));
        assertThat(answers(socket, 2)).isEqualTo(2);
        send(socket, get("/health/live"));
        assertThat(answers(socket, 1)).isEqualTo(1);
      }
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private static void send(Socket socket, String requests) throws IOException {
    socket.getOutputStream().write(requests.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Reads so many whole answers; fails when the next byte does not come in time. */
  private static int answers(Socket socket, int count) throws IOException {
    InputStream in = socket.getInputStream();
    for (int i = 0; i < count; i++) {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return i;
        }
        head.append((char) next);
      }
      assertThat(head).startsWith("HTTP/1.1 200");
      int length =
          Integer.parseInt(
              head.toString()
                  .lines()
                  .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                  .findFirst()
                  .orElseThrow()
                  .replaceAll("[^0-9]", ""));
      in.readNBytes(length);
    }
    return count;
  }
}

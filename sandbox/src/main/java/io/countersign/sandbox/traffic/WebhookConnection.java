package io.countersign.sandbox.traffic;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection that posts notifications to a receiver and is kept between them. Does only what
 * that takes of HTTP/1.1, because a client that shares its machine with what it measures has to be
 * cheap. Not safe for use by several threads, but {@link #close()} may come from any.
 */
final class WebhookConnection implements AutoCloseable {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int LONGEST_LINE = 16_384;
  private static final int LONGEST_BODY = 1 << 20;

  private final URI receiver;
  private final byte[] head;
  private final int patienceMillis;
  private final @Nullable SSLSocketFactory tls;
  private volatile @Nullable Socket socket;
  private @Nullable InputStream in;

  /**
   * An answer.
   *
   * @param status of it
   * @param body of it
   */
  record Answer(int status, byte[] body) {}

  /**
   * Opens nothing yet.
   *
   * @param receiver whole URL of the webhook
   * @param patience how long an answer may take
   * @param tls for {@code https}
   */
  WebhookConnection(
      URI receiver,
      String user,
      String password,
      Duration patience,
      @Nullable SSLSocketFactory tls) {
    this.receiver = receiver;
    this.patienceMillis = Math.toIntExact(patience.toMillis());
    this.tls = tls;
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    this.head =
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        Authorization: Basic %s\r
        Content-Type: application/json; charset=utf-8\r
        User-Agent: VSServices/18.0 (sandbox)\r
        """
            .formatted(
                receiver.getRawPath(),
                receiver.getRawAuthority(),
                Base64.getEncoder().encodeToString(credentials))
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Posts one notification.
   *
   * @throws IOException when there is no answer; what became of the notification is not known then
   */
  Answer post(UUID event, byte[] body) throws IOException {
    try {
      Socket connected = connected();
      byte[] rest =
          "X-VSS-ActivityId: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(event, body.length)
              .getBytes(StandardCharsets.US_ASCII);
      byte[] request = new byte[head.length + rest.length + body.length];
      System.arraycopy(head, 0, request, 0, head.length);
      System.arraycopy(rest, 0, request, head.length, rest.length);
      System.arraycopy(body, 0, request, head.length + rest.length, body.length);
      connected.getOutputStream().write(request);
      return answer();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Socket connected() throws IOException {
    Socket open = socket;
    if (open != null && !open.isClosed()) {
      return open;
    }
    int port = receiver.getPort() > 0 ? receiver.getPort() : tls == null ? 80 : 443;
    Socket fresh = new Socket();
    socket = fresh;
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(patienceMillis);
    fresh.connect(new InetSocketAddress(receiver.getHost(), port), CONNECT_MILLIS);
    if (tls != null) {
      fresh = tls.createSocket(fresh, receiver.getHost(), port, true);
      socket = fresh;
    }
    in = new BufferedInputStream(fresh.getInputStream(), 2_048);
    return fresh;
  }

  private Answer answer() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.") || status.length() < 12) {
      throw new IOException("no HTTP answer");
    }
    int code = number(status.substring(9, 12), 10);
    int length = 0;
    boolean chunked = false;
    boolean last = status.startsWith("HTTP/1.0");
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = number(lower.substring(15).strip(), 10);
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.endsWith("chunked");
      } else if (lower.startsWith("connection:")) {
        last = lower.endsWith("close");
      }
    }
    byte[] body = chunked ? chunks() : bytes(length);
    if (last) {
      close();
    }
    return new Answer(code, body);
  }

  private byte[] chunks() throws IOException {
    byte[] all = new byte[0];
    while (true) {
      int length = number(line().split(";", 2)[0].strip(), 16);
      byte[] chunk = bytes(length);
      line();
      if (length == 0) {
        return all;
      }
      byte[] longer = Arrays.copyOf(all, all.length + length);
      System.arraycopy(chunk, 0, longer, all.length, length);
      all = longer;
    }
  }

  private byte[] bytes(int length) throws IOException {
    if (length > LONGEST_BODY) {
      throw new IOException("the answer is too long");
    }
    byte[] bytes = input().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends early");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    InputStream input = input();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("the answer ends early");
      }
      if (line.length() > LONGEST_LINE) {
        throw new IOException("a line of the answer is too long");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private InputStream input() throws IOException {
    InputStream open = in;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  private static int number(String text, int radix) throws IOException {
    try {
      return Integer.parseUnsignedInt(text, radix);
    } catch (NumberFormatException e) {
      throw new IOException("not a number in the answer", e);
    }
  }

  @Override
  public void close() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // gone is gone
      }
    }
  }
}

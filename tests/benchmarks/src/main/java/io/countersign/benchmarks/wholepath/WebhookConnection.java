package io.countersign.benchmarks.wholepath;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * One kept connection to the webhook, without a client library: what it costs is not measured with
 * the program.
 */
final class WebhookConnection implements AutoCloseable {

  private final int port;
  private final String head;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();

  WebhookConnection(int port, String secret) {
    this.port = port;
    String credentials =
        Base64.getEncoder()
            .encodeToString(("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8));
    this.head =
        "POST /webhooks/azure-devops HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic "
            + credentials
            + "\r\nUser-Agent: VSServices/benchmark\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ";
  }

  /**
   * An answer.
   *
   * @param retryAfterSeconds 0 when there was none
   */
  record Answer(int status, long retryAfterSeconds, String body) {}

  /** Sends and waits for the answer. */
  Answer post(byte[] body) throws IOException {
    if (!socket.isConnected() || socket.isClosed()) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream(), 2048);
    }
    try {
      byte[] start = (head + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] whole = new byte[start.length + body.length];
      System.arraycopy(start, 0, whole, 0, start.length);
      System.arraycopy(body, 0, whole, start.length, body.length);
      socket.getOutputStream().write(whole);
      return read();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    long retryAfter = 0;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("retry-after:")) {
        retryAfter = Long.parseLong(lower.substring(12).strip());
      } else if (lower.startsWith("connection:") && lower.contains("close")) {
        last = true;
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (last) {
      close();
    }
    return new Answer(status, retryAfter, body);
  }

  private String line() throws IOException {
    var text = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // it is thrown away
    }
  }
}

package io.countersign.peers.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that posts bodies and reads statuses, and as little else as
 * possible: sender and receiver share the machine. Not safe for use by several threads.
 */
final class WebhookConnection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] head;
  private final byte[] buffer = new byte[16_384];
  private int read;
  private int end;

  WebhookConnection(int port, String secret) throws IOException {
    socket = new Socket();
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
    out = socket.getOutputStream();
    in = socket.getInputStream();
    String credentials =
        Base64.getEncoder()
            .encodeToString(("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8));
    head =
        """
        POST /webhooks/azure-devops HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Authorization: Basic %s\r
        Content-Type: application/json; charset=utf-8\r
        User-Agent: VSServices/18.0 (peers)\r
        Content-Length:"""
            .formatted(port, credentials)
            .concat(" ")
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Posts a body; gives the status of the answer. */
  int post(byte[] body) throws IOException {
    byte[] length = (body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    var request = new byte[head.length + length.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(length, 0, request, head.length, length.length);
    System.arraycopy(body, 0, request, head.length + length.length, body.length);
    out.write(request);
    return readAnswer();
  }

  private int readAnswer() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no answer of HTTP/1.1: " + status);
    }
    long length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).strip());
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.contains("chunked");
      }
    }
    if (chunked) {
      for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
        skip(chunk + 2);
      }
      line();
    } else {
      skip(length);
    }
    return Integer.parseInt(status, 9, 12, 10);
  }

  private long chunk() throws IOException {
    return Long.parseLong(line().strip(), 16);
  }

  private void skip(long bytes) throws IOException {
    for (long i = 0; i < bytes; i++) {
      next();
    }
  }

  private String line() throws IOException {
    var text = new StringBuilder(64);
    for (byte next = next(); next != '\n'; next = next()) {
      if (next != '\r') {
        text.append((char) next);
      }
    }
    return text.toString();
  }

  private byte next() throws IOException {
    if (read == end) {
      end = in.read(buffer);
      read = 0;
      if (end <= 0) {
        end = 0;
        throw new EOFException("the connection was closed");
      }
    }
    return buffer[read++];
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

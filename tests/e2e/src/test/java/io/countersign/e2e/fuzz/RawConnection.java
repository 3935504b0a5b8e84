package io.countersign.e2e.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** HTTP by hand on one connection, for requests no decent client would send. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RawConnection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /**
   * An answer.
   *
   * @param status 0: the connection was closed without one
   * @param head status line and headers
   * @param closes whether the server ends the connection
   */
  record Answer(int status, String head, String body, boolean closes) {

    static final Answer NONE = new Answer(0, "", "", true);
  }

  static String basic(String secret) {
    byte[] credentials = ("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** Sends; what the server did not want to read any more is no failure. */
  void send(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
      out.flush();
    } catch (SocketException closedEarly) {
      // what it said before still counts
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A POST with these headers, its length or chunks, and this body. */
  void post(String path, List<String> headers, byte[] body, boolean chunked) throws IOException {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
    var request = new ByteArrayOutputStream(body.length + 512);
    request.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (chunked) {
      int size = Math.max(1, body.length / 3);
      for (int from = 0; from < body.length; from += size) {
        byte[] chunk = Arrays.copyOfRange(body, from, Math.min(body.length, from + size));
        request.writeBytes(
            (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(chunk);
        request.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      request.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } else {
      request.writeBytes(body);
    }
    send(request.toByteArray());
  }

  /** The next answer that is not an interim one. */
  Answer answer() throws IOException {
    try {
      while (true) {
        String head = head();
        if (head.length() < 12) {
          return Answer.NONE;
        }
        int status = Integer.parseInt(head.substring(9, 12));
        if (status >= 200) {
          String lower = head.toLowerCase(Locale.ROOT);
          return new Answer(status, head, body(lower), lower.contains("connection: close"));
        }
      }
    } catch (SocketException reset) {
      return Answer.NONE;
    }
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private String body(String head) throws IOException {
    var found = new ByteArrayOutputStream();
    int at = head.indexOf("content-length:");
    if (at >= 0) {
      int length = Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip());
      found.writeBytes(in.readNBytes(length));
    } else if (head.contains("transfer-encoding: chunked")) {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        found.writeBytes(in.readNBytes(size));
        in.readNBytes(2);
      }
      in.readNBytes(2);
    }
    return found.toString(StandardCharsets.UTF_8);
  }

  private int chunkSize() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.isEmpty() ? 0 : Integer.parseInt(line.toString().strip(), 16);
  }

  /** Sends a little more; false when the server has ended the connection. */
  boolean drip(String more) throws IOException {
    try {
      out.write(more.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return true;
    } catch (SocketException cut) {
      return false;
    }
  }

  /** Whether the server has ended the connection, asked without reading. */
  boolean isCut() throws IOException {
    return !drip("x");
  }

  /** Reads on until the server ends the connection. */
  void awaitEnd() throws IOException {
    try {
      while (in.read() >= 0) {
        in.skip(1 << 16);
      }
    } catch (SocketException reset) {
      // ended as well
    }
  }

  /** Says that nothing more comes. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.countersign.command.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** HTTP by hand, for requests no decent client would send. */
final class RawHttp {

  /**
   * An answer.
   *
   * @param text status line, headers and body as they came; empty when the server just hung up
   */
  record Answer(int status, String text) {}

  private RawHttp() {}

  static String basic(String secret) {
    byte[] credentials = ("azure-devops:" + secret).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(credentials) + "\r\n";
  }

  /** POSTs with exactly these headers and bytes, and reads until the server closes. */
  static Answer post(int port, String path, String headers, byte[] body) throws IOException {
    return send(
        port,
        "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n",
        body);
  }

  static Answer send(int port, String head, byte[] body) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
      } catch (SocketException serverClosedEarly) {
        // what it said before still counts
      }
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (SocketException reset) {
      // what came before still counts
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    if (text.startsWith("HTTP/1.1 100")) {
      text = text.substring(text.indexOf("\r\n\r\n") + 4);
    }
    return new Answer(text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12)), text);
  }

  static String length(byte[] body) {
    return "Content-Length: " + body.length + "\r\n";
  }
}

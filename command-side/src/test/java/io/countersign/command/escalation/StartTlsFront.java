package io.countersign.command.escalation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** STARTTLS before a server that cannot: what is said over TLS goes to that one. */
final class StartTlsFront implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final SSLContext tls;
  private final int behind;

  StartTlsFront(SSLContext tls, int behind) throws IOException {
    this.tls = tls;
    this.behind = behind;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      say(plain, "220 front");
      line(plain.getInputStream());
      say(plain, "250-front\r\n250 STARTTLS");
      if (!line(plain.getInputStream()).equals("STARTTLS")) {
        return;
      }
      say(plain, "220 go on");
      try (var secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, 0, true);
          var back = new Socket(InetAddress.getByName("127.0.0.1"), behind)) {
        secure.setUseClientMode(false);
        line(back.getInputStream());
        Thread.ofVirtual().start(() -> pump(back, secure));
        secure.getInputStream().transferTo(back.getOutputStream());
      }
    } catch (IOException _) {
      // the other side went
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException _) {
      // the other side went
    }
  }

  /** Byte by byte: what follows a line may be TLS. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

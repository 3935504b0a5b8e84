package io.countersign.command.azuredevops.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers connection by connection what it was told to, down to the bytes; then 500. */
final class ScriptedServer implements AutoCloseable {

  /** One request as it came. */
  record Seen(String method, String path, Map<String, String> headers, String body) {}

  /** What is done with one connection once its request was read. */
  interface Act {
    void on(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Queue<Act> script = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Thread accepting;

  ScriptedServer() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  List<Seen> seen() {
    return seen;
  }

  Seen last() {
    return seen.getLast();
  }

  ScriptedServer then(Act act) {
    script.add(act);
    return this;
  }

  /** JSON with a status and further headers, each "name: value". */
  ScriptedServer json(int status, String body, String... headers) {
    return bytes(status, "application/json; charset=utf-8", utf8(body), headers);
  }

  ScriptedServer bytes(int status, String type, byte[] body, String... headers) {
    return then(socket -> whole(socket, status, type, body, headers));
  }

  /** The request is read, and then the line is cut. */
  ScriptedServer cut() {
    return then(socket -> socket.setSoLinger(true, 0));
  }

  /** Half of an answer, and then the line is cut. */
  ScriptedServer cutInTheMiddle() {
    return then(
        socket -> {
          OutputStream out = socket.getOutputStream();
          out.write(
              utf8(
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"id"));
          out.flush();
          socket.setSoLinger(true, 0);
        });
  }

  /** The request is read, and nothing is said until the other side goes. */
  ScriptedServer silence() {
    return then(socket -> socket.getInputStream().read());
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      seen.add(request(socket.getInputStream()));
      Act act = script.poll();
      if (act == null) {
        whole(socket, 500, "text/plain", utf8("the script is at its end"));
      } else {
        act.on(socket);
      }
    } catch (IOException _) {
      // the client went away
    }
  }

  private static void whole(Socket socket, int status, String type, byte[] body, String... headers)
      throws IOException {
    var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\nConnection: close\r\n");
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (status != 204) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    OutputStream out = socket.getOutputStream();
    out.write(utf8(head + "\r\n"));
    out.write(body);
    out.flush();
  }

  private static Seen request(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(":", 2);
      headers.put(parts[0], parts[1].strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    return new Seen(
        first[0], first[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns when nobody can connect any more, which is not when the socket says it is closed. */
  @Override
  public void close() {
    try {
      listening.close();
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

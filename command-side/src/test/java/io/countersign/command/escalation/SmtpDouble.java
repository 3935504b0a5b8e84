package io.countersign.command.escalation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An SMTP server that answers as a test says, where a real one cannot be made to. */
final class SmtpDouble implements AutoCloseable {

  /** An answer that never comes. */
  static final String SILENCE = "silence";

  /** The connection ends instead of an answer. */
  static final String HANG_UP = "hang up";

  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final CountDownLatch end = new CountDownLatch(1);
  private final Function<String, @Nullable String> script;

  /**
   * Listens.
   *
   * @param script the answer to a line, "." for the end of a message; null for the usual one
   */
  SmtpDouble(Function<String, @Nullable String> script) throws IOException {
    this.script = script;
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

  private void serve(Socket socket) {
    try (socket;
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      answer(socket, "220 double ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        String scripted = script.apply(line);
        if (HANG_UP.equals(scripted)) {
          return;
        }
        answer(socket, scripted == null ? usual(line) : scripted);
        if (scripted == null && line.equals("DATA")) {
          String text = message(in);
          String taken = script.apply(".");
          if (taken == null) {
            messages.add(text);
          }
          answer(socket, taken == null ? "250 taken as 4711" : taken);
        }
      }
    } catch (IOException _) {
      // the other side went
    }
  }

  private static String usual(String line) {
    return switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static String message(BufferedReader in) throws IOException {
    var text = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private void answer(Socket socket, String answer) throws IOException {
    if (answer.equals(SILENCE)) {
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    server.close();
  }
}

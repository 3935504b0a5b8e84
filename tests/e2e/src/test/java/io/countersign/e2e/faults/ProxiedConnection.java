package io.countersign.e2e.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * One client and its session. What the client says is passed on in groups, each up to the point
 * where the server answers with ReadyForQuery, so that a cut is before or after a whole statement.
 */
final class ProxiedConnection {

  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;
  private static final int CANCEL_REQUEST = 80_877_102;
  private static final byte[] NOTHING = {};

  private final PostgresProxy proxy;
  private final Socket client;
  private final Socket server;
  private final Map<String, Statement> prepared = new HashMap<>();
  private final ConcurrentLinkedDeque<Group> asked = new ConcurrentLinkedDeque<>();
  private volatile boolean encryptionAsked;
  private boolean storing;

  /**
   * Messages that the server answers together.
   *
   * @param statement the most important one of them
   * @param cut what is done with their answer
   */
  private record Group(Statement statement, Cut cut, byte[] questions) {}

  ProxiedConnection(PostgresProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void start() {
    Thread.ofVirtual().start(() -> run(this::questions));
    Thread.ofVirtual().start(() -> run(this::answers));
  }

  private interface Direction {
    void pass() throws IOException;
  }

  private void run(Direction direction) {
    try {
      direction.pass();
    } catch (IOException | IndexOutOfBoundsException e) {
      // cut, by either side or by us
    } finally {
      cut();
      proxy.ended(this);
    }
  }

  /** Closes both sides. */
  void cut() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.close();
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void questions() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 16));
    OutputStream out = server.getOutputStream();
    int code = first(in, out);
    if (code == CANCEL_REQUEST) {
      return;
    }
    var group = new ByteArrayOutputStream();
    Statement statement = Statement.OTHER;
    Statement bound = Statement.OTHER;
    while (true) {
      byte[] frame = Frames.typed(in.readByte(), in);
      group.writeBytes(frame);
      switch (frame[0]) {
        case 'P' -> prepared.put(Frames.text(frame, 5), Statement.of(Frames.next(frame, 5)));
        case 'B' -> bound = prepared.getOrDefault(Frames.next(frame, 5), Statement.OTHER);
        case 'E' -> statement = bound.compareTo(statement) < 0 ? bound : statement;
        case 'Q' -> {
          forward(group, Statement.of(Frames.text(frame, 5)), out);
          statement = Statement.OTHER;
        }
        case 'S' -> {
          forward(group, statement, out);
          statement = Statement.OTHER;
        }
        case 'p', 'X', 'H', 'd', 'c', 'f' -> {
          proxy.pass(false);
          group.writeTo(out);
          out.flush();
          group.reset();
        }
        default -> {} // Describe, Close: part of the group
      }
    }
  }

  /** What comes before messages have types. */
  private int first(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      byte[] frame = Frames.untyped(in);
      int code = Frames.code(frame);
      proxy.pass(false);
      if (code == SSL_REQUEST || code == GSS_REQUEST) {
        encryptionAsked = true;
      } else if (code != CANCEL_REQUEST) {
        asked.add(new Group(Statement.OTHER, Cut.NONE, NOTHING));
      }
      out.write(frame);
      out.flush();
      if (code != SSL_REQUEST && code != GSS_REQUEST) {
        return code;
      }
    }
  }

  private void forward(ByteArrayOutputStream group, Statement what, OutputStream out)
      throws IOException {
    Statement statement = storing && what == Statement.COMMIT ? Statement.INBOX_COMMIT : what;
    storing = statement == Statement.INBOX_STORE || storing && !statement.commits();
    Cut cut = proxy.decide(statement);
    proxy.pass(false);
    if (cut == Cut.BEFORE) {
      proxy.count(cut);
      throw new IOException("cut before the statement");
    }
    boolean pretend = cut == Cut.PRETEND;
    asked.add(new Group(statement, cut, pretend ? group.toByteArray() : NOTHING));
    if (pretend) {
      out.write(Frames.query("rollback"));
    } else {
      group.writeTo(out);
    }
    out.flush();
    group.reset();
    if (cut == Cut.FORWARDED) {
      proxy.count(cut);
      throw new IOException("cut behind the statement");
    }
  }

  private void answers() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(server.getInputStream(), 1 << 16));
    OutputStream out = client.getOutputStream();
    var answer = new ByteArrayOutputStream();
    while (true) {
      byte type = in.readByte();
      if (encryptionAsked) { // one byte, no message; the client waits for it
        encryptionAsked = false;
        if (type != 'N') {
          throw new IOException("the server of this proxy must not encrypt");
        }
        proxy.pass(false);
        out.write(type);
        out.flush();
        continue;
      }
      byte[] frame = Frames.typed(type, in);
      answer.writeBytes(frame);
      boolean ready = frame[0] == 'Z';
      @Nullable Group group = asked.peek();
      if (ready && group != null) {
        asked.poll();
        if (group.cut().holdsTheAnswer()) {
          end(group.cut(), group.questions(), answer.toByteArray(), out);
          answer.reset();
        }
      }
      boolean held = group != null && group.cut().holdsTheAnswer();
      if (!held && (ready || in.available() == 0)) {
        proxy.pass(ready && group != null && group.statement().commits());
        answer.writeTo(out);
        out.flush();
        answer.reset();
      }
    }
  }

  private void end(Cut cut, byte[] questions, byte[] answer, OutputStream out) throws IOException {
    if (cut == Cut.HALF_ANSWER) {
      out.write(answer, 0, answer.length / 2);
      out.flush();
    }
    proxy.count(cut);
    if (cut == Cut.PRETEND) {
      out.write(Frames.committed(questions));
      out.flush();
      return;
    }
    throw new IOException("cut at the answer");
  }
}

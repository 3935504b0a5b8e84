package io.countersign.e2e.faults;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages of PostgreSQL's protocol, version 3 (its manual, chapter "Message Formats"). */
final class Frames {

  private static final int MOST = 256 << 20;

  private Frames() {}

  /** Reads the rest of a message whose type was read: its bytes as they were. */
  static byte[] typed(byte type, DataInputStream in) throws IOException {
    byte[] rest = untyped(in);
    var frame = new byte[rest.length + 1];
    frame[0] = type;
    System.arraycopy(rest, 0, frame, 1, rest.length);
    return frame;
  }

  /** Reads a message that begins with its length, as the first ones of a client do. */
  static byte[] untyped(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 4 || length > MOST) {
      throw new IOException("no message of PostgreSQL's protocol: length " + length);
    }
    var frame = new byte[length];
    frame[0] = (byte) (length >>> 24);
    frame[1] = (byte) (length >>> 16);
    frame[2] = (byte) (length >>> 8);
    frame[3] = (byte) length;
    in.readFully(frame, 4, length - 4);
    return frame;
  }

  /** A simple query. */
  static byte[] query(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + 6)
        .put((byte) 'Q')
        .putInt(text.length + 5)
        .put(text)
        .put((byte) 0)
        .array();
  }

  /** What a server says to these messages when it has committed. */
  static byte[] committed(byte[] questions) {
    var answers = new ByteArrayOutputStream();
    var in = ByteBuffer.wrap(questions);
    while (in.remaining() >= 5) {
      char type = (char) in.get(in.position());
      in.position(in.position() + 1 + in.getInt(in.position() + 1));
      answers.writeBytes(
          switch (type) {
            case 'P' -> new byte[] {'1', 0, 0, 0, 4};
            case 'B' -> new byte[] {'2', 0, 0, 0, 4};
            case 'D' -> new byte[] {'n', 0, 0, 0, 4};
            case 'C' -> new byte[] {'3', 0, 0, 0, 4};
            case 'E', 'Q' -> new byte[] {'C', 0, 0, 0, 11, 'C', 'O', 'M', 'M', 'I', 'T', 0};
            default -> new byte[] {};
          });
    }
    answers.writeBytes(new byte[] {'Z', 0, 0, 0, 5, 'I'});
    return answers.toByteArray();
  }

  /** The code in a first message: a protocol version, or a request to encrypt or cancel. */
  static int code(byte[] first) {
    return (first[4] & 0xff) << 24
        | (first[5] & 0xff) << 16
        | (first[6] & 0xff) << 8
        | (first[7] & 0xff);
  }

  /** The text that begins at an offset and ends with a NUL. */
  static String text(byte[] frame, int from) {
    int end = from;
    while (frame[end] != 0) {
      end++;
    }
    return new String(frame, from, end - from, StandardCharsets.UTF_8);
  }

  /** The text after {@link #text(byte[], int)}. */
  static String next(byte[] frame, int from) {
    int end = from;
    while (frame[end] != 0) {
      end++;
    }
    return text(frame, end + 1);
  }
}

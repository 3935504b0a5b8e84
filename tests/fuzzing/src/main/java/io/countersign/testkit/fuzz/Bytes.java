package io.countersign.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Changes bytes, whatever they mean. */
final class Bytes {

  private static final byte[][] NO_UTF_8 = {
    {(byte) 0xff},
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {0},
    {(byte) 0xef, (byte) 0xbf, (byte) 0xbe}
  };

  private final SplittableRandom random;

  Bytes(SplittableRandom random) {
    this.random = random;
  }

  byte[] change(byte[] body) {
    if (body.length == 0) {
      return body;
    }
    int at = random.nextInt(body.length);
    return switch (random.nextInt(7)) {
      case 0 -> flipped(body);
      case 1 -> Arrays.copyOf(body, at);
      case 2 -> Arrays.copyOf(body, boundary(body, at));
      case 3 -> put(body, at, Nasty.pick(random, List.of(NO_UTF_8)));
      case 4 -> without(body, at, 1 + random.nextInt(20));
      case 5 -> put(body, at, Arrays.copyOfRange(body, at, Math.min(body.length, at + 40)));
      default -> duplicateMember(body, at);
    };
  }

  private byte[] flipped(byte[] body) {
    byte[] changed = body.clone();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  /** Right before or after the next sign of JSON. */
  private int boundary(byte[] body, int from) {
    for (int i = from; i < body.length; i++) {
      if ("{}[]:,\"\\".indexOf(body[i]) >= 0) {
        return i + random.nextInt(2);
      }
    }
    return from;
  }

  private byte[] duplicateMember(byte[] body, int from) {
    for (int i = from; i < body.length; i++) {
      if (body[i] == '{') {
        String name =
            Nasty.pick(random, List.of("id", "eventType", "fields", "workItemId", "System.State"));
        String members = "\"" + name + "\":1,\"" + name + "\":\"2\",";
        return put(body, i + 1, members.getBytes(StandardCharsets.UTF_8));
      }
    }
    return body;
  }

  private static byte[] put(byte[] body, int at, byte[] more) {
    byte[] changed = Arrays.copyOf(body, body.length + more.length);
    System.arraycopy(body, at, changed, at + more.length, body.length - at);
    System.arraycopy(more, 0, changed, at, more.length);
    return changed;
  }

  private static byte[] without(byte[] body, int at, int length) {
    int end = Math.min(body.length, at + length);
    byte[] changed = Arrays.copyOf(body, body.length - (end - at));
    System.arraycopy(body, end, changed, at, body.length - end);
    return changed;
  }

  /** In another encoding, or packed; the headers tell, do not tell, or tell something else. */
  Mutant encode(String name, byte[] body) {
    List<String> headers = new ArrayList<>();
    String type = "Content-Type: application/json; charset=utf-8";
    byte[] encoded = body;
    String how = "";
    switch (random.nextInt(24)) {
      case 0, 1 -> {
        String charset =
            Nasty.pick(random, List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"));
        encoded = new String(body, StandardCharsets.UTF_8).getBytes(Charset.forName(charset));
        how = charset;
        type = random.nextBoolean() ? type : "Content-Type: application/json; charset=" + charset;
      }
      case 2 -> {
        encoded = put(body, 0, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
        how = "with a byte order mark";
      }
      case 3 -> {
        encoded = packed(body);
        how = "packed";
        if (random.nextBoolean()) {
          headers.add("Content-Encoding: gzip");
        }
      }
      case 4 -> {
        how = "not packed, but said to be";
        headers.add(
            "Content-Encoding: " + Nasty.pick(random, List.of("gzip", "br", "deflate", "rot13,")));
      }
      case 5, 6 -> {
        how = "of another type";
        type =
            Nasty.pick(
                random,
                List.of(
                    "",
                    "Content-Type:",
                    "Content-Type: text/plain",
                    "Content-Type: ;;;",
                    "Content-Type: multipart/form-data",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Type: application/json; charset=\"no"));
      }
      default -> {
        // as it is
      }
    }
    if (!type.isEmpty()) {
      headers.add(type);
    }
    boolean chunked = random.nextInt(8) == 0;
    return new Mutant(how.isEmpty() ? name : name + ", " + how, encoded, headers, chunked);
  }

  private static byte[] packed(byte[] body) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

package io.countersign.audit.anchor;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.SignedNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is only ever added to, somewhere the log's owner cannot write what is there already:
 * one line for each checkpoint, with size, root, time and the whole note in Base64. A line is on
 * the disk before it counts. What a crash left of a line stays, and the next begins a new one.
 */
final class FileAnchor implements Anchor {

  /** Longer than any line: a note has at most a million bytes. */
  private static final int TAIL = 2_000_000;

  private static final Pattern LINE = Pattern.compile("(\\d{1,19}) ([A-Za-z0-9+/=]{44}) \\S+ \\S+");

  private final String name;
  private final Path file;
  private final InstantSource clock;

  FileAnchor(String name, Path file, InstantSource clock) {
    this.name = name;
    this.file = file.toAbsolutePath().normalize();
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AnchorKind kind() {
    return AnchorKind.FILE;
  }

  @Override
  public Evidence anchor(Checkpoint checkpoint, SignedNote note)
      throws IOException, AnchorFailedException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      String tail = tail(channel);
      refuseWhatDoesNotFollow(tail, checkpoint);
      String line =
          "%s%d %s %s %s\n"
              .formatted(
                  tail.isEmpty() || tail.endsWith("\n") ? "" : "\n",
                  checkpoint.size(),
                  checkpoint.root().base64(),
                  clock.instant(),
                  Base64.getEncoder().encodeToString(note.bytes()));
      long at = channel.size();
      append(channel, line);
      if (isNew) {
        flushFolder();
      }
      String place = "%s at byte %d".formatted(file.getFileName(), at);
      return new Evidence(place.getBytes(StandardCharsets.UTF_8), Map.of());
    }
  }

  private static void append(FileChannel channel, String line) throws IOException {
    channel.position(channel.size());
    ByteBuffer rest = StandardCharsets.UTF_8.encode(line);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.force(true);
  }

  private static String tail(FileChannel channel) throws IOException {
    long from = Math.max(0, channel.size() - TAIL);
    ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // until all of it is read
    }
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
  }

  /** The file remembers, too: what it holds last must not be of a larger or another log. */
  private void refuseWhatDoesNotFollow(String tail, Checkpoint checkpoint)
      throws AnchorFailedException {
    for (String line : tail.lines().toList().reversed()) {
      Matcher last = LINE.matcher(line);
      if (last.matches()) {
        long size = Long.parseLong(last.group(1));
        TreeHash root = TreeHash.fromBase64(last.group(2));
        if (size > checkpoint.size()) {
          throw new AnchorFailedException("the file holds a larger log, of " + size + " entries");
        }
        if (size == checkpoint.size() && !root.equals(checkpoint.root())) {
          throw new AnchorFailedException("the file holds another root for this size");
        }
        return;
      }
    }
  }

  private void flushFolder() throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() {
    // holds nothing open
  }
}

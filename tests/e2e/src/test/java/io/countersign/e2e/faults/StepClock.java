package io.countersign.e2e.faults;

import io.countersign.e2e.harness.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock of one node, which can be set while it runs; nobody else's is touched. A small
 * library, compiled here with {@code cc}, stands between the JVM and the kernel.
 */
final class StepClock {

  private final Path file;

  private StepClock(Path file) {
    this.file = file;
  }

  /** Prepares a node; counts from its next start on. */
  static StepClock of(Node node, Path scratch) throws IOException, InterruptedException {
    Path library = scratch.resolve("clock.so");
    if (Files.notExists(library)) {
      compile(scratch, library);
    }
    var clock = new StepClock(scratch.resolve(node.name() + ".clock"));
    clock.set(Duration.ZERO);
    node.environment().put("LD_PRELOAD", library.toString());
    node.environment().put("COUNTERSIGN_CLOCK", clock.file.toString());
    return clock;
  }

  private static void compile(Path scratch, Path library) throws IOException, InterruptedException {
    Path source = scratch.resolve("clock.c");
    try (var stream = StepClock.class.getResourceAsStream("/faults/clock.c")) {
      Files.write(source, stream.readAllBytes());
    }
    Process compiler =
        new ProcessBuilder(
                "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString())
            .inheritIO()
            .start();
    if (compiler.waitFor() != 0) {
      throw new IOException("cc cannot compile clock.c");
    }
  }

  /** From now on the node's clock is so much ahead of the machine's; negative: behind. */
  void set(Duration ahead) throws IOException {
    // written in place: the library has mapped these eight bytes
    try (var channel =
        Files.newByteChannel(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(ahead.toNanos()).flip());
    }
  }

  /** From now on the node believes it is this moment. */
  void setTo(Instant moment) throws IOException {
    set(Duration.between(Instant.now(), moment));
  }
}

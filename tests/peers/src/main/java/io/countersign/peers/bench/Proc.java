package io.countersign.peers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What Linux tells of processes. */
final class Proc {

  /** Of a second; Linux' user space has seen no other value on the platforms we run on. */
  private static final int TICKS = 100;

  private static final Path ROOT = Path.of("/proc");

  private Proc() {}

  /** Processor time of one process. */
  static Duration cpu(long pid) throws IOException {
    String[] stat = stat(ROOT.resolve(Long.toString(pid)));
    return ticks(Long.parseLong(stat[11]) + Long.parseLong(stat[12]));
  }

  /** Of a process, its children, and those of its children that ended. */
  static Duration cpuOfFamily(long parent) throws IOException {
    String[] own = stat(ROOT.resolve(Long.toString(parent)));
    long sum = 0;
    for (int i = 11; i <= 14; i++) {
      sum += Long.parseLong(own[i]);
    }
    try (Stream<Path> all = Files.list(ROOT)) {
      for (Path process : all.filter(Proc::isProcess).toList()) {
        sum += ticksOfChild(process, parent);
      }
    }
    return ticks(sum);
  }

  /** Resident memory in megabytes. */
  static long residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(ROOT.resolve(pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  private static long ticksOfChild(Path process, long parent) {
    try {
      String[] stat = stat(process);
      return Long.parseLong(stat[1]) == parent
          ? Long.parseLong(stat[11]) + Long.parseLong(stat[12])
          : 0;
    } catch (NoSuchFileException e) {
      return 0; // it ended meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isProcess(Path path) {
    return path.getFileName().toString().chars().allMatch(Character::isDigit);
  }

  /** The fields after the name, which may hold blanks. */
  private static String[] stat(Path process) throws IOException {
    String line = Files.readString(process.resolve("stat"));
    return line.substring(line.lastIndexOf(')') + 2).split(" ");
  }

  private static Duration ticks(long ticks) {
    return Duration.ofMillis(ticks * 1_000 / TICKS);
  }
}

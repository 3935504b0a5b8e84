package io.countersign.audit.seal;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.key.KeyBook;
import io.countersign.audit.key.KeyFiles;
import io.countersign.audit.key.KeySource;
import io.countersign.audit.publish.Epochs;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.auditlog.note.KeyPolicy;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignatureType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A node with the role audit, on a folder and a database that others may share. */
public final class AuditNode implements AutoCloseable {

  static final String ORIGIN = "example.com/log";
  static final Duration OVERLAP = Duration.ofDays(7);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final PublishedLog published;
  final KeyBook keyBook;
  final Resumption resumption;
  final Sealing sealing;

  private AuditNode(WrittenLog log, PublishedLog published, Setup setup) {
    this.published = published;
    this.keyBook =
        new KeyBook(
            published,
            setup.source,
            setup.second
                ? new KeyFiles(
                    setup.folder.resolve("second.key"), SignatureType.COSIGNATURE_ML_DSA_44)
                : null,
            log.entries(),
            OVERLAP,
            setup.clock);
    this.resumption =
        new Resumption(
            log.reader(),
            published,
            new Epochs(setup.folder.resolve("log"), setup.origin),
            keyBook,
            log.entries(),
            log.halts(),
            "node-1");
    this.sealing =
        new Sealing(
            resumption,
            published,
            keyBook,
            Duration.ofMillis(20),
            new SealMetrics(meters, log.reader(), setup.clock),
            setup.listeners);
  }

  /** What a node is made with. */
  public static final class Setup {

    private final WrittenLog log;
    private final Path folder;
    private final List<SealedListener> listeners = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private KeySource source;
    private String origin = ORIGIN;
    private boolean second;
    private @Nullable PublishedLog published;

    Setup(WrittenLog log, Path folder) {
      this.log = log;
      this.folder = folder;
      this.source = new KeyFiles(folder.resolve("log.key"), SignatureType.ED25519);
    }

    public Setup clock(Clock other) {
      clock = other;
      return this;
    }

    public Setup origin(String other) {
      origin = other;
      return this;
    }

    public Setup source(KeySource other) {
      source = other;
      return this;
    }

    public Setup second() {
      second = true;
      return this;
    }

    public Setup published(PublishedLog other) {
      published = other;
      return this;
    }

    public Setup telling(SealedListener listener) {
      listeners.add(listener);
      return this;
    }

    public AuditNode made() {
      return new AuditNode(
          log, published == null ? new PublishedLog(folder.resolve("log")) : published, this);
    }

    public AuditNode started() {
      AuditNode node = made();
      node.sealing.start();
      return node;
    }
  }

  public static Setup on(WrittenLog log, Path folder) {
    return new Setup(log, folder);
  }

  /** The policy in the folder that is current. */
  KeyPolicy policy() {
    try {
      return KeyPolicy.parse(Files.readString(published.folder().resolve("keys")));
    } catch (IOException | NoteFormatException e) {
      throw new AssertionError(e);
    }
  }

  AuditNode awaitSealed(long size) {
    eventually(() -> sealed() == size);
    return this;
  }

  AuditNode awaitState(Sealing.State state) {
    eventually(() -> sealing.state() == state);
    return this;
  }

  public double sealed() {
    return gauge("countersign.audit.sealed.entries");
  }

  double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  static String decided(CompletableFuture<String> decision) throws Exception {
    return decision.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time");
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    sealing.close();
  }
}

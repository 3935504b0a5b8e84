package io.countersign.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.audit.WrittenLog;
import io.countersign.audit.key.LogKeyFile;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.audit.publish.PublishedLog;
import io.countersign.audit.seal.AuditNode;
import io.countersign.audit.timestamp.LocalAuthority;
import io.countersign.audit.timestamp.TimeStampVerifier;
import io.countersign.audit.witness.SampleLog;
import io.countersign.audit.witness.Witness;
import io.countersign.audit.witness.WitnessServer;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.policy.TrustPolicy;
import io.countersign.eventlog.read.LogReader;
import io.countersign.eventlog.read.StoredEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The real sealing with all anchors: an authority, two witnesses of three (one is away), and a
 * file.
 */
class AnchoredLogTest {

  private static final String ORIGIN = "example.com/log";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final WrittenLog log = new WrittenLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void everybodyVouchesAndThenTheLogRests() throws Exception {
    VerifierKey key =
        VerifierKey.of(
            ORIGIN,
            SignatureType.ED25519,
            new LogKeyFile(folder.resolve("log.key")).create().getPublic());
    try (var authority = new LocalAuthority();
        var ann = new Auditor("ann", key);
        var bob = new Auditor("bob", key)) {
      Path policyFile = policy(key, ann, bob);
      TrustPolicy policy = TrustPolicy.parse(Files.readAllBytes(policyFile));
      Map<String, String> settings = settings(authority, policyFile);
      grow(0, 5);
      try (Running running = new Running(settings)) {
        running.untilAtRest(9, policy);
        assertThat(anchored()).containsExactlyInAnyOrder("file", "rfc3161", "witness");
        assertThat(running.anchoring.warnings())
            .containsExactly("anchor auditors goes on without away: no answer (ConnectException)");
        long size = size();
        grow(5, 6);
        eventually(() -> size() == size + 1 + 3);
        running.untilAtRest(13, policy);
      }
      evidenceVerifies(authority, policy);
      assertThat(Files.readAllLines(folder.resolve("kept.txt"))).hasSize(2);
    }
  }

  @Test
  void withoutAQuorumTheLogIsSealedAllTheSameAndThatIsSaid() throws Exception {
    VerifierKey key =
        VerifierKey.of(
            ORIGIN,
            SignatureType.ED25519,
            new LogKeyFile(folder.resolve("log.key")).create().getPublic());
    try (var authority = new LocalAuthority();
        var ann = new Auditor("ann", key);
        var bob = new Auditor("bob", key)) {
      Map<String, String> settings = settings(authority, policy(key, ann, bob));
      bob.goAway();
      authority.answer(_ -> new LocalAuthority.Answer(503, new byte[0]));
      grow(0, 5);
      try (Running running = new Running(settings)) {
        eventually(() -> running.anchoring.warnings().size() == 2 && anchored().size() == 1);
        eventually(() -> running.sealed() == size());
        assertThat(running.anchoring.warnings())
            .anyMatch(
                line ->
                    line.contains("anchor auditors fails") && line.contains("no quorum, 1 of 3"))
            .anyMatch(line -> line.contains("anchor tsa fails") && line.contains("answered 503"));
        assertThat(anchored()).containsExactly("file");
        assertThat(running.published.checkpoint().orElseThrow().signatures()).hasSize(1);
        grow(5, 6);
        eventually(() -> running.sealed() == size());
      }
    }
  }

  private void evidenceVerifies(LocalAuthority authority, TrustPolicy policy) throws Exception {
    String stamp = evidence(".*-tsa\\.tsr");
    byte[] stamped = read(stamp.replace(".tsr", ".checkpoint"));
    new TimeStampVerifier(List.of(authority.root())).verify(read(stamp), stamped);
    SignedNote note = SignedNote.parse(stamped);
    assertThat(policy.judge(note).checkpoint().size())
        .isEqualTo(Long.parseLong(stamp.split("-")[0]));
    SignedNote cosigned = SignedNote.parse(read(evidence(".*-auditors\\.checkpoint")));
    assertThat(policy.judge(cosigned).quorum()).isTrue();
  }

  private String evidence(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("log/anchors"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(folder.resolve("log/anchors").resolve(name));
  }

  private Path policy(VerifierKey key, Auditor ann, Auditor bob) throws Exception {
    NoteSigner away = SampleLog.signer("witness.example/away", SignatureType.COSIGNATURE_ED25519);
    return Files.writeString(
        folder.resolve("policy"),
        """
        log %s
        witness ann %s %s
        witness bob %s %s
        witness away %s http://127.0.0.1:1/
        group two 2 ann bob away
        quorum two
        """
            .formatted(key, ann.key(), ann.url(), bob.key(), bob.url(), away.verifierKey()));
  }

  private Map<String, String> settings(LocalAuthority authority, Path policy) throws Exception {
    Path trust = Files.writeString(folder.resolve("ca.pem"), authority.rootPem());
    return Map.ofEntries(
        Map.entry("countersign.audit.anchors[0].kind", "rfc3161"),
        Map.entry("countersign.audit.anchors[0].name", "tsa"),
        Map.entry("countersign.audit.anchors[0].interval", "10ms"),
        Map.entry("countersign.audit.anchors[0].url", authority.address().toString()),
        Map.entry("countersign.audit.anchors[0].trust", trust.toString()),
        Map.entry("countersign.audit.anchors[1].kind", "witness"),
        Map.entry("countersign.audit.anchors[1].name", "auditors"),
        Map.entry("countersign.audit.anchors[1].interval", "10ms"),
        Map.entry("countersign.audit.anchors[1].policy", policy.toString()),
        Map.entry("countersign.audit.anchors[2].kind", "file"),
        Map.entry("countersign.audit.anchors[2].name", "paper"),
        Map.entry("countersign.audit.anchors[2].interval", "10ms"),
        Map.entry("countersign.audit.anchors[2].file", folder.resolve("kept.txt").toString()));
  }

  /** Sealing and anchoring, as the program starts them. */
  private final class Running implements AutoCloseable {

    private final PublishedLog published = new PublishedLog(folder.resolve("log"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Anchoring anchoring;
    private final AuditNode node;

    private Running(Map<String, String> settings) {
      AnchorSettings bound =
          new Binder(new MapConfigurationPropertySource(settings))
              .bind("countersign.audit", AnchorSettings.class)
              .get();
      anchoring =
          new AnchorConfiguration()
              .anchoring(
                  bound,
                  new AnchoredEntries(log.entries(), log.dataSource()),
                  published,
                  meters,
                  Clock.systemUTC());
      anchoring.start();
      node = AuditNode.on(log, folder).published(published).telling(anchoring).started();
    }

    private double sealed() {
      return node.sealed();
    }

    /** All is sealed, and the newest checkpoint is cosigned though nothing more is recorded. */
    private void untilAtRest(long size, TrustPolicy policy) throws Exception {
      eventually(
          () -> {
            SignedNote note = published.checkpoint().orElse(null);
            return note != null
                && policy.judge(note).checkpoint().size() == size
                && policy.judge(note).quorum();
          });
      assertThat(size()).isEqualTo(size);
    }

    @Override
    public void close() {
      node.close();
      anchoring.close();
    }
  }

  /** Somebody with a witness of his own. */
  private final class Auditor implements AutoCloseable {

    private final NoteSigner signer;
    private final WitnessServer server;

    private Auditor(String name, VerifierKey log) throws Exception {
      signer = SampleLog.signer("witness.example/" + name, SignatureType.COSIGNATURE_ED25519);
      server =
          WitnessServer.start(
              new Witness(new DurableFolder(folder.resolve(name)), signer, List.of(log)),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              _ -> {});
    }

    private VerifierKey key() {
      return signer.verifierKey();
    }

    private String url() {
      return "http://127.0.0.1:%d".formatted(server.port());
    }

    private void goAway() {
      server.close();
    }

    @Override
    public void close() {
      goAway();
    }
  }

  private List<String> anchored() {
    return log.reader().page(0, 100, LogReader.Filter.ALL).stream()
        .filter(entry -> entry.name().equals("auditlog.CheckpointAnchored"))
        .map(AnchoredLogTest::kind)
        .toList();
  }

  private static String kind(StoredEntry entry) {
    String payload = new String(entry.payload(), StandardCharsets.UTF_8);
    return payload.replaceAll(".*\"kind\":\"([^\"]+)\".*", "$1");
  }

  private void grow(int from, int to) {
    for (int i = from; i < to; i++) {
      log.append(i + 1, 0);
    }
  }

  private long size() {
    return log.reader().head().orElseThrow().lastIndex() + 1;
  }

  private static void eventually(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }
}

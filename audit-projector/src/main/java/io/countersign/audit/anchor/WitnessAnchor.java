package io.countersign.audit.anchor;

import io.countersign.audit.outbound.BoundedHttp;
import io.countersign.audit.witness.WitnessAnswerException;
import io.countersign.audit.witness.WitnessClient;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.policy.TrustPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The witnesses of a trust policy, all asked at once. Evidence is there when those that cosigned
 * are the quorum; with fewer nothing is published, so a cosigned checkpoint always satisfies the
 * policy it was made under.
 */
final class WitnessAnchor implements Anchor {

  private final String name;
  private final TrustPolicy policy;
  private final BoundedHttp http;
  private final WitnessClient.Growth growth;
  private final Map<String, WitnessClient> clients = new LinkedHashMap<>();

  /**
   * Those witnesses of a policy that have an address.
   *
   * @throws IllegalArgumentException when an address is none, or they are too few for the quorum
   */
  WitnessAnchor(String name, TrustPolicy policy, BoundedHttp http, WitnessClient.Growth growth) {
    this.name = name;
    this.policy = policy;
    this.http = http;
    this.growth = growth;
    var asked = policy.witnesses().stream().filter(witness -> witness.url() != null).toList();
    if (asked.isEmpty()
        || !policy
            .quorum()
            .isReachedBy(
                asked.stream().map(TrustPolicy.Witness::key).collect(Collectors.toSet()))) {
      throw new IllegalArgumentException(
          "the policy's witnesses with an address are too few for its quorum");
    }
    for (TrustPolicy.Witness witness : asked) {
      URI prefix = Addresses.http(String.valueOf(witness.url()));
      clients.put(witness.name(), new WitnessClient(witness.key(), prefix, http));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AnchorKind kind() {
    return AnchorKind.WITNESS;
  }

  @Override
  public Evidence anchor(Checkpoint checkpoint, SignedNote note)
      throws InterruptedException, AnchorFailedException {
    var failures = new ArrayList<String>();
    List<NoteSignature> cosignatures = ask(checkpoint, note, failures);
    SignedNote cosigned = note;
    for (NoteSignature cosignature : cosignatures) {
      cosigned = cosigned.with(cosignature);
    }
    if (!isQuorum(cosigned)) {
      throw new AnchorFailedException(
          "no quorum, %d of %d cosigned; %s"
              .formatted(cosignatures.size(), clients.size(), String.join("; ", failures)));
    }
    String lines = cosignatures.stream().map(NoteSignature::line).collect(Collectors.joining());
    return new Evidence(
        lines.getBytes(StandardCharsets.UTF_8),
        Map.of("checkpoint", cosigned.bytes()),
        cosignatures,
        failures);
  }

  private List<NoteSignature> ask(Checkpoint checkpoint, SignedNote note, List<String> failures)
      throws InterruptedException {
    var answers = new LinkedHashMap<String, Future<NoteSignature>>();
    var cosignatures = new ArrayList<NoteSignature>();
    try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
      clients.forEach(
          (witness, client) -> {
            Callable<NoteSignature> question = () -> client.cosign(checkpoint, note, growth);
            answers.put(witness, asking.submit(question));
          });
      for (var answer : answers.entrySet()) {
        try {
          cosignatures.add(answer.getValue().get());
        } catch (ExecutionException e) {
          failures.add(answer.getKey() + ": " + why(e.getCause()));
        }
      }
    }
    return cosignatures;
  }

  private static String why(@Nullable Throwable failure) {
    return failure instanceof IOException || failure instanceof WitnessAnswerException
        ? String.valueOf(failure.getMessage())
        : failure == null ? "unknown" : failure.getClass().getSimpleName();
  }

  private boolean isQuorum(SignedNote cosigned) throws AnchorFailedException {
    try {
      return policy.judge(cosigned).quorum();
    } catch (NoteRefusedException | NoteFormatException e) {
      throw new AnchorFailedException(
          "the policy does not accept this log's checkpoint: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

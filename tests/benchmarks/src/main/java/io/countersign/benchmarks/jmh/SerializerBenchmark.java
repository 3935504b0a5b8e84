package io.countersign.benchmarks.jmh;

import io.countersign.benchmarks.store.BenchKeys;
import io.countersign.eventlog.encryption.AesTextCipher;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.Person;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SubjectId;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import io.countersign.kernel.workitem.WorkItemState;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.axonframework.serialization.SerializedObject;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Events to stored bytes and back, with text that is sealed on the way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerializerBenchmark {

  private static final WorkItemId ITEM = new WorkItemId(new OrganizationId("fabrikam"), 299);

  private final CatalogueSerializer serializer =
      CatalogueSerializer.of(
          Events.CATALOGUE, new AesTextCipher(new BenchKeys(), new SecureRandom()));
  private final WorkItemEvent stateChanged =
      new WorkItemEvent.StateChanged(
          ITEM, WorkItemState.NEW, WorkItemState.READY, "New", "Ready", change(person()));
  private final WorkItemEvent plain =
      new WorkItemEvent.StateChanged(
          ITEM, WorkItemState.NEW, WorkItemState.READY, "New", "Ready", change(null));
  private final WorkItemEvent commented =
      new WorkItemEvent.Commented(
          ITEM,
          SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, "Looks good to me. ".repeat(20)),
          change(person()));
  private final SerializedObject<byte[]> stored = serializer.serialize(commented, byte[].class);

  private static SourceChange change(@Nullable Person by) {
    return new SourceChange(3, 3, Instant.parse("2026-11-20T10:00:00Z"), by);
  }

  private static Person person() {
    SubjectId id = BenchKeys.subject(7);
    return new Person(id, SealedText.of(id.keyOwner(), Purpose.IDENTITY, "Norman Paulk"));
  }

  /** Nothing sealed. */
  @Benchmark
  public SerializedObject<byte[]> writePlain() {
    return serializer.serialize(plain, byte[].class);
  }

  /** A name sealed. */
  @Benchmark
  public SerializedObject<byte[]> writeOneSealed() {
    return serializer.serialize(stateChanged, byte[].class);
  }

  /** A name and a comment sealed. */
  @Benchmark
  public SerializedObject<byte[]> writeTwoSealed() {
    return serializer.serialize(commented, byte[].class);
  }

  /** The same read; text stays sealed until somebody opens it. */
  @Benchmark
  public @Nullable Object read() {
    return serializer.deserialize(stored);
  }
}

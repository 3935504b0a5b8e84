package io.countersign.eventlog.serialization;

import static io.countersign.eventlog.serialization.Bench.content;
import static io.countersign.eventlog.serialization.Bench.retitled;
import static io.countersign.eventlog.serialization.Bench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.workitem.WorkItemEvent.Retitled;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneralSerializerTest {

  private static final TrackingToken HEAD = new GlobalSequenceTrackingToken(99);
  private static final TrackingToken START = new GlobalSequenceTrackingToken(41);

  private final Bench bench = new Bench();
  private final GeneralSerializer general = bench.general;

  static Stream<TrackingToken> tokens() {
    return Stream.of(
        START,
        ReplayToken.createReplayToken(HEAD),
        ReplayToken.createReplayToken(HEAD, START),
        new MergedTrackingToken(START, ReplayToken.createReplayToken(HEAD, START, "why")));
  }

  static Stream<Object> contexts() {
    return Stream.of("why", 7, 7L, 1.5, true, new Why("disk full"), Reason.DISK_FULL);
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void tokensSurvive(TrackingToken token) {
    assertThat(this.<TrackingToken>roundTrip(token)).isEqualTo(token);
  }

  /** Trap T3: with Axon's own serializer the processor is stuck after a reset. */
  @ParameterizedTest
  @MethodSource("contexts")
  void replayTokensWithAContextSurvive(Object context) {
    TrackingToken token = ReplayToken.createReplayToken(HEAD, START, context);
    TrackingToken read = roundTrip(token);
    assertThat(read).isEqualTo(token);
    assertThat(ReplayToken.isReplay(read)).isTrue();
    Object handed = ReplayToken.replayContext(read, context.getClass()).orElseThrow();
    assertThat(handed).isEqualTo(context);
    TrackingToken advanced = roundTrip(((ReplayToken) read).advancedTo(START));
    assertThat(((ReplayToken) advanced).context()).isEqualTo(context);
  }

  @ParameterizedTest
  @MethodSource("outsiders")
  void aContextThatCouldNotBeReadBackIsRefusedWhenItIsWritten(Object context) {
    TrackingToken token = ReplayToken.createReplayToken(HEAD, START, context);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> general.serialize(token, byte[].class))
        .withMessageContaining(context.getClass().getName());
  }

  static Stream<Object> outsiders() {
    return Stream.of(DayOfWeek.MONDAY, Instant.EPOCH, List.of("a"));
  }

  @Test
  void aClassAllowedAsContextIsReadBack() {
    var allowing = GeneralSerializer.of(Events.CATALOGUE, bench.cipher, DayOfWeek.class);
    TrackingToken token = ReplayToken.createReplayToken(HEAD, START, DayOfWeek.MONDAY);
    TrackingToken read = allowing.deserialize(allowing.serialize(token, byte[].class));
    assertThat(((ReplayToken) read).context()).isEqualTo(DayOfWeek.MONDAY);
  }

  @Test
  void classesNobodyAllowedAreNotFollowedInTokens() {
    TrackingToken token = ReplayToken.createReplayToken(HEAD, START, new Why("x"));
    String json = text(general.serialize(token, byte[].class).getData());
    String forged = json.replace(Why.class.getName(), "javax.swing.JPanel");
    assertThat(forged).isNotEqualTo(json);
    assertThat(this.<TrackingToken>readToken(json)).isEqualTo(token);
    assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> readToken(forged));
  }

  @Test
  void snapshotsHoldNoTextInClear() {
    var stored = general.serialize(new Snapshot(content("in clear")), byte[].class);
    assertThat(text(stored.getData())).doesNotContain("in clear");
    Snapshot read = general.deserialize(stored);
    assertThat(bench.cipher.open(read.title())).isEqualTo(new Opened.Text("in clear"));
  }

  @Test
  void sealedTextGoesFromEventToSnapshotToEvent() {
    Retitled event = bench.read("workitem.Retitled", bench.write(retitled("a")));
    Snapshot snapshot = roundTrip(new Snapshot(event.title()));
    assertThat(bench.cipher.open(snapshot.title())).isEqualTo(new Opened.Text("a"));
    byte[] next = bench.write(new Retitled(Bench.ITEM, snapshot.title(), Bench.CHANGE));
    Retitled read = bench.read("workitem.Retitled", next);
    assertThat(bench.cipher.open(read.title())).isEqualTo(new Opened.Text("a"));
    assertThat(text(next)).contains("\"at\":\"workitem.Retitled/title\"");
  }

  @Test
  void anErasedTextStaysErasedInASnapshot() {
    Retitled event = bench.read("workitem.Retitled", bench.write(retitled("a")));
    bench.keys.destroy(Bench.ITEM.keyOwner());
    Snapshot snapshot = roundTrip(new Snapshot(event.title()));
    assertThat(bench.cipher.open(snapshot.title())).isEqualTo(new Opened.Erased());
  }

  /** A context of a reset. */
  record Why(String reason) {}

  /** Another. */
  enum Reason {
    DISK_FULL
  }

  /** State of an aggregate. */
  record Snapshot(SealedText title) {}

  private <T> T roundTrip(Object value) {
    return general.deserialize(general.serialize(value, byte[].class));
  }

  private <T> T readToken(String json) {
    return general.deserialize(
        new SimpleSerializedObject<>(
            json.getBytes(StandardCharsets.UTF_8),
            byte[].class,
            new SimpleSerializedType(ReplayToken.class.getName(), null)));
  }
}

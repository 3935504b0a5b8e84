package io.countersign.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EntryVectorsTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> STRINGS =
      List.of(
          "aggregateType",
          "aggregateId",
          "eventId",
          "name",
          "revision",
          "actor",
          "correlationId",
          "causationId");

  private final JsonNode vectors = read();

  @Test
  void theCodecMakesTheBytesOfEveryVectorAndReadsThemBack() throws Exception {
    assertThat(vectors.get("entries").size()).isEqualTo(4);
    for (JsonNode vector : vectors.get("entries")) {
      Entry entry = entryOf(vector);
      String note = vector.get("note").asString();
      assertThat(HEX.formatHex(EntryCodec.encode(entry)))
          .as(note)
          .isEqualTo(vector.get("entry").asString());
      assertThat(EntryCodec.decode(bytes(vector, "entry"))).as(note).isEqualTo(entry);
      assertThat(EntryHash.of(bytes(vector, "entry")).hex())
          .as(note)
          .isEqualTo(vector.get("entryHash").asString());
    }
  }

  @Test
  void theBytesPutTogetherByHandFromTheTableAreTheSame() throws Exception {
    for (JsonNode vector : vectors.get("entries")) {
      byte[] bytes = byHand(vector);
      assertThat(HEX.formatHex(bytes)).isEqualTo(vector.get("entry").asString());
      byte[] prefixed = new byte[bytes.length + 1];
      System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
      assertThat(HEX.formatHex(sha256(prefixed))).isEqualTo(vector.get("entryHash").asString());
    }
  }

  @Test
  void theVectorsAreAChain() {
    String previous = "00".repeat(32);
    for (JsonNode vector : vectors.get("entries")) {
      assertThat(vector.get("previousHash").asString()).isEqualTo(previous);
      previous = vector.get("entryHash").asString();
    }
  }

  @Test
  void everythingElseIsRefusedWithReasonAndOffset() {
    for (JsonNode vector : vectors.get("refused")) {
      byte[] bytes =
          vector.get("entry").isNull()
              ? Arrays.copyOf(bytes(vectors.get("entries").get(0), "entry"), 65_536)
              : bytes(vector, "entry");
      EntryFormatException refusal =
          catchThrowableOfType(EntryFormatException.class, () -> EntryCodec.decode(bytes));
      assertThat(refusal).as(vector.get("note").asString()).isNotNull();
      assertThat(refusal.reason().name() + " " + refusal.offset())
          .as(vector.get("note").asString())
          .isEqualTo(vector.get("reason").asString() + " " + vector.get("offset").asInt());
    }
  }

  private static byte[] byHand(JsonNode vector) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeByte(vector.get("kind").asInt());
    out.write(HEX.parseHex(vector.get("logId").asString().replace("-", "")));
    out.writeLong(vector.get("index").asLong());
    out.write(HEX.parseHex(vector.get("previousHash").asString()));
    JsonNode previous = vector.get("aggregatePrevious");
    out.write(previous.isNull() ? HEX.parseHex("ff".repeat(8)) : eight(previous.asLong()));
    out.writeLong(vector.get("recordedAtMicros").asLong());
    out.writeLong(vector.get("occurredAtMicros").asLong());
    out.writeLong(vector.get("sequence").asLong());
    out.write(sha256(vector.get("payload").asString().getBytes(StandardCharsets.UTF_8)));
    out.write(sha256(vector.get("metadata").asString().getBytes(StandardCharsets.UTF_8)));
    for (String name : STRINGS) {
      byte[] text = vector.get(name).asString().getBytes(StandardCharsets.UTF_8);
      out.writeByte(text.length >> 8);
      out.writeByte(text.length);
      out.write(text);
    }
    return bytes.toByteArray();
  }

  private static byte[] eight(long value) {
    return HEX.parseHex(HEX.toHexDigits(value));
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static Entry entryOf(JsonNode vector) {
    JsonNode previous = vector.get("aggregatePrevious");
    return new Entry(
        EntryKind.of(vector.get("kind").asInt()).orElseThrow(),
        UUID.fromString(vector.get("logId").asString()),
        new EntryIndex(vector.get("index").asLong()),
        EntryHash.fromBytes(bytes(vector, "previousHash")),
        previous.isNull() ? null : new EntryIndex(previous.asLong()),
        micros(vector.get("recordedAtMicros").asLong()),
        micros(vector.get("occurredAtMicros").asLong()),
        vector.get("sequence").asLong(),
        ContentDigest.of(vector.get("payload").asString().getBytes(StandardCharsets.UTF_8)),
        ContentDigest.of(vector.get("metadata").asString().getBytes(StandardCharsets.UTF_8)),
        vector.get("aggregateType").asString(),
        vector.get("aggregateId").asString(),
        vector.get("eventId").asString(),
        vector.get("name").asString(),
        vector.get("revision").asString(),
        vector.get("actor").asString(),
        vector.get("correlationId").asString(),
        vector.get("causationId").asString());
  }

  private static Instant micros(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static byte[] bytes(JsonNode vector, String member) {
    return HEX.parseHex(vector.get(member).asString());
  }

  private static JsonNode read() {
    try (var in = EntryVectorsTest.class.getResourceAsStream("/vectors/entry-v1.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.countersign.command.automation;

import io.countersign.kernel.privacy.SealedText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Payloads of intents as JSON. What could name a person does not get in: text that is to be sealed
 * is refused, since only events seal.
 */
public final class IntentPayloads {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule("no-sealed-text").addSerializer(new NoSealedText()))
          .build();

  private IntentPayloads() {}

  static String write(Record payload) {
    return JSON.writeValueAsString(payload);
  }

  /** The payload of an intent. */
  public static <T extends Record> T read(Intent intent, Class<T> type) {
    return JSON.readValue(intent.payload(), type);
  }

  private static final class NoSealedText extends StdSerializer<SealedText> {

    NoSealedText() {
      super(SealedText.class);
    }

    @Override
    public void serialize(SealedText text, JsonGenerator out, SerializationContext context) {
      throw new IllegalArgumentException("an intent holds references: " + text + " is text");
    }
  }
}

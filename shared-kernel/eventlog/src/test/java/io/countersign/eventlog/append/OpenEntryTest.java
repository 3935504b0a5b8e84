package io.countersign.eventlog.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.auditlog.EntryCodec;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenEntryTest {

  /** Made with struct and hashlib of Python, not with this code. */
  private static final String EXPECTED =
      "00060a24182022430000000000000003215ddd5567ca2590efd4ea109b4e56cbe591e2676fbf54a9262692c5"
          + "39166da644136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a00055468696e"
          + "67000161002430303030303030302d303030302d343030302d383030302d303030303030303030303261"
          + "000e7468696e672e48617070656e6564000131000b736f757263653a74657374000e636f7272656c6174"
          + "696f6e20c3a900056361757365";

  @Test
  void theBytesAreFinal() {
    UUID id = UUID.fromString("00000000-0000-4000-8000-00000000002a");
    byte[] bytes = OpenEntry.encode(Entries.entry("a", 3, id, Set.of()));
    assertThat(HexFormat.of().formatHex(bytes, EntryCodec.PLACE_BYTES, bytes.length))
        .isEqualTo(EXPECTED);
  }
}

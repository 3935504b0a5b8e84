package io.countersign.eventlog.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.privacy.SealedText.Envelope;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;

class AesTextCipherTest {

  private static final KeyOwner OWNER = new KeyOwner("workitem:fabrikam:1");
  private static final String AT = "workitem.Retitled/title";
  private static final String CLEAR = "Zoë's 🧾 title";

  private final MapKeyRing keys = new MapKeyRing();
  private final TextCipher cipher = new AesTextCipher(keys, new SecureRandom());

  @Test
  void whatWasSealedOpens() {
    Envelope envelope = sealed(CLEAR);
    assertThat(open(envelope)).isEqualTo(new Opened.Text(CLEAR));
    assertThat(open(sealed(""))).isEqualTo(new Opened.Text(""));
    assertThat(cipher.open(SealedText.of(OWNER, Purpose.CONTENT, CLEAR)))
        .isEqualTo(new Opened.Text(CLEAR));
    assertThat(sealed(CLEAR).sealed()).isNotEqualTo(envelope.sealed());
  }

  @Test
  void theFormatIsTheDocumentedOne() throws Exception {
    Envelope envelope = sealed(CLEAR);
    byte[] bytes = Base64.getUrlDecoder().decode(envelope.sealed());
    Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
    aes.init(
        Cipher.DECRYPT_MODE,
        keys.keyFor(OWNER, "content").secret(),
        new GCMParameterSpec(128, bytes, 0, 12));
    aes.updateAAD((envelope.key() + "|" + AT).getBytes("UTF-8"));
    assertThat(new String(aes.doFinal(bytes, 12, bytes.length - 12), "UTF-8")).isEqualTo(CLEAR);
    assertThat(envelope.sealed()).doesNotContain("=");
  }

  @Test
  void everyFlippedBitIsUnreadable() {
    Envelope envelope = sealed("short");
    byte[] bytes = Base64.getUrlDecoder().decode(envelope.sealed());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(
              open(
                  new Envelope(
                      envelope.key(),
                      AT,
                      Base64.getUrlEncoder().withoutPadding().encodeToString(flipped))))
          .isInstanceOf(Opened.Unreadable.class);
    }
  }

  @Test
  void aMovedFieldAnotherKeyAndRubbishAreUnreadable() {
    Envelope envelope = sealed(CLEAR);
    var other = keys.keyFor(new KeyOwner("workitem:fabrikam:2"), "content").id();
    assertThat(open(new Envelope(envelope.key(), "workitem.Commented/text", envelope.sealed())))
        .isInstanceOf(Opened.Unreadable.class);
    assertThat(open(new Envelope(other, AT, envelope.sealed())))
        .isInstanceOf(Opened.Unreadable.class);
    assertThat(open(new Envelope(new java.util.UUID(1, 1), AT, envelope.sealed())))
        .isEqualTo(new Opened.Unreadable("the key is not in this database"));
    for (String rubbish : new String[] {"AAAA", "no base64!", "A"}) {
      assertThat(open(new Envelope(envelope.key(), AT, rubbish)))
          .isInstanceOf(Opened.Unreadable.class);
    }
  }

  @Test
  void aDestroyedKeyMeansErased() {
    Envelope envelope = sealed(CLEAR);
    keys.destroy(OWNER);
    assertThat(open(envelope)).isEqualTo(new Opened.Erased());
  }

  @Test
  void theMarkOfErasedTextIsErasedThoughItsKeyIsThere() {
    assertThat(open(new Envelope(sealed(CLEAR).key(), AT, ""))).isEqualTo(new Opened.Erased());
  }

  @Test
  void nothingPrintsTheText() {
    assertThat(new Opened.Text(CLEAR).toString()).doesNotContain("Zoë");
    assertThat(SealedText.of(OWNER, Purpose.CONTENT, CLEAR).toString()).doesNotContain("Zoë");
    assertThat(keys.keyFor(OWNER, "content").toString()).matches("DataKey\\[[0-9a-f-]{36}]");
  }

  private Envelope sealed(String clear) {
    return cipher.seal(OWNER, Purpose.CONTENT, AT, clear);
  }

  private Opened open(Envelope envelope) {
    return cipher.open(SealedText.closed(OWNER, Purpose.CONTENT, envelope));
  }
}

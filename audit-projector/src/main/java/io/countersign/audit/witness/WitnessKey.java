package io.countersign.audit.witness;

import io.countersign.audit.key.LogKeyException;
import io.countersign.audit.key.LogKeyFile;
import io.countersign.audit.publish.DurableFolder;
import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key and the name of a witness, in {@code witness.key} and {@code witness.vkey} of its folder.
 * Made once; neither is ever replaced, for others know them by heart.
 */
public final class WitnessKey {

  private static final String KEY = "witness.key";
  private static final String VKEY = "witness.vkey";

  private WitnessKey() {}

  /**
   * Reads them, or makes them when there are none.
   *
   * @param name of the witness, a URL without its scheme by custom; null to take the one it has
   * @throws LogKeyException when it has another name or key, or there is none and none was given
   */
  public static NoteSigner open(DurableFolder folder, @Nullable String name, InstantSource clock)
      throws IOException {
    var file = new LogKeyFile(folder.folder().resolve(KEY));
    Optional<VerifierKey> known = known(folder);
    if (known.isPresent() && !file.exists()) {
      throw new LogKeyException(
          "the key %s is not there, though others know this witness by it: bring it back"
              .formatted(file.path()));
    }
    String signs = known.map(VerifierKey::name).orElse(name);
    if (signs == null || !VerifierKey.isName(signs)) {
      throw new LogKeyException("a new witness needs a name without spaces and plus (--name)");
    }
    if (name != null && !name.equals(signs)) {
      throw new LogKeyException("this witness has the name %s and keeps it".formatted(signs));
    }
    KeyPair keys = file.exists() ? file.read() : file.create();
    var signer = new NoteSigner(signs, SignatureType.COSIGNATURE_ED25519, keys, clock);
    if (known.isPresent() && !known.get().equals(signer.verifierKey())) {
      throw new LogKeyException(
          "the key %s is not the one others know this witness by".formatted(file.path()));
    }
    if (known.isEmpty()) {
      folder.put(VKEY, (signer.verifierKey() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return signer;
  }

  private static Optional<VerifierKey> known(DurableFolder folder) throws IOException {
    Optional<byte[]> stored = folder.read(VKEY);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          VerifierKey.parse(new String(stored.get(), StandardCharsets.UTF_8).strip()));
    } catch (NoteFormatException e) {
      throw new LogKeyException("the file %s is damaged".formatted(VKEY));
    }
  }
}

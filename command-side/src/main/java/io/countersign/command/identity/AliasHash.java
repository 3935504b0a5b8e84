package io.countersign.command.identity;

import io.countersign.command.identity.Alias.Kind;
import io.countersign.eventlog.encryption.KeyRing;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.project.OrganizationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Hashes what a source tells under a key of the key ring, so that the directory holds no names. */
final class AliasHash {

  private static final KeyOwner OWNER = new KeyOwner("identity-directory");
  private static final String PURPOSE = "alias";

  /** Looked up once: the search among the providers costs as much as the hash. */
  private static final Provider PROVIDER = provider();

  private final KeyRing keys;

  AliasHash(KeyRing keys) {
    this.keys = keys;
  }

  /** The aliases of an identity, strongest first. */
  List<Alias> aliases(SourceIdentity identity) {
    Mac mac = mac();
    String here = identity.organization().value();
    List<Alias> aliases = new ArrayList<>(3);
    if (identity.descriptor() != null) {
      aliases.add(alias(mac, Kind.DESCRIPTOR, "", identity.descriptor()));
    }
    if (identity.id() != null) {
      aliases.add(alias(mac, Kind.ID, here, lower(identity.id())));
    }
    if (identity.uniqueName() != null) {
      String name = lower(identity.uniqueName());
      boolean address = name.contains("@") && !name.contains("\\") && !name.contains("/");
      aliases.add(alias(mac, Kind.UNIQUE_NAME, address ? "" : here, name));
    }
    if (aliases.isEmpty() && identity.displayName() != null) {
      aliases.add(alias(mac, Kind.DISPLAY, here, lower(identity.displayName())));
    }
    return aliases;
  }

  /** What this text could be as an alias, strongest first. */
  List<Alias> ofAnyKind(@Nullable OrganizationId organization, String text) {
    Mac mac = mac();
    List<Alias> aliases = new ArrayList<>();
    aliases.add(alias(mac, Kind.DESCRIPTOR, "", text.strip()));
    aliases.add(alias(mac, Kind.UNIQUE_NAME, "", lower(text)));
    if (organization != null) {
      String here = organization.value();
      aliases.add(alias(mac, Kind.ID, here, lower(text)));
      aliases.add(alias(mac, Kind.UNIQUE_NAME, here, lower(text)));
      aliases.add(alias(mac, Kind.DISPLAY, here, lower(text)));
    }
    return aliases;
  }

  private static Alias alias(Mac mac, Kind kind, String scope, String value) {
    String told = kind.word() + '\n' + scope + '\n' + value;
    return new Alias(
        kind, scope, ByteBuffer.wrap(mac.doFinal(told.getBytes(StandardCharsets.UTF_8))));
  }

  private static String lower(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private Mac mac() {
    try {
      SecretKey key = keys.keyFor(OWNER, PURPOSE).secret();
      Mac mac = Mac.getInstance("HmacSHA256", PROVIDER);
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  private static Provider provider() {
    try {
      return Mac.getInstance("HmacSHA256").getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}

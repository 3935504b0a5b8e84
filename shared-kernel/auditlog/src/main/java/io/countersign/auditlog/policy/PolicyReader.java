package io.countersign.auditlog.policy;

import io.countersign.auditlog.note.NoteFormatException;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.policy.PolicyFormatException.Reason;
import io.countersign.auditlog.policy.TrustPolicy.Log;
import io.countersign.auditlog.policy.TrustPolicy.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy file line by line. Names are octets, as the format demands: the file is read as
 * ISO 8859-1, in which each character is one octet, so that no two names become one.
 */
final class PolicyReader {

  private static final int MAX_BYTES = 1_000_000;

  /** Of each kind. With its cosignatures a checkpoint stays within the limits of a signed note. */
  private static final int MOST = 64;

  private static final String NOBODY = "none";

  private final byte[] file;
  private final List<Log> logs = new ArrayList<>();
  private final List<Witness> witnesses = new ArrayList<>();
  private final Map<String, Quorum> defined = new HashMap<>();
  private final Set<String> members = new HashSet<>();
  private @Nullable Quorum quorum;
  private int line;

  PolicyReader(byte[] file) {
    this.file = file;
  }

  TrustPolicy read() throws PolicyFormatException {
    line = 1;
    if (file.length > MAX_BYTES) {
      throw refused(Reason.TOO_LONG);
    }
    checkCharacters();
    String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\n", -1);
    for (line = 1; line < lines.length; line++) {
      String text = lines[line - 1].replace('\t', ' ').replaceAll("^ +| +$", "");
      if (!text.isEmpty() && !text.startsWith("#")) {
        read(text.split(" +"));
      }
    }
    if (!lines[lines.length - 1].isEmpty()) {
      throw refused(Reason.NO_FINAL_NEWLINE);
    }
    if (quorum == null) {
      throw refused(Reason.NO_QUORUM);
    }
    return new TrustPolicy(logs, witnesses, quorum);
  }

  private void checkCharacters() throws PolicyFormatException {
    for (byte octet : file) {
      if (octet == '\n') {
        line++;
      } else if (octet >= 0 && octet < ' ' && octet != '\t' || octet == 0x7f) {
        throw refused(Reason.BAD_CHARACTER);
      }
    }
  }

  private void read(String[] words) throws PolicyFormatException {
    switch (words[0]) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default -> throw refused(Reason.UNKNOWN_LINE);
    }
  }

  private void log(String[] words) throws PolicyFormatException {
    count(words, 2, 3);
    VerifierKey key = key(words[1]);
    if (key.type() == SignatureType.COSIGNATURE_ED25519) {
      throw refused(Reason.WRONG_KEY_TYPE);
    }
    if (logs.stream().anyMatch(other -> other.key().isSameKeyAs(key))) {
      throw refused(Reason.DUPLICATE_KEY);
    }
    limit(logs.size());
    logs.add(new Log(key, words.length == 3 ? utf8(words[2]) : null));
  }

  private void witness(String[] words) throws PolicyFormatException {
    count(words, 3, 4);
    VerifierKey key = key(words[2]);
    if (!key.type().isCosignature()) {
      throw refused(Reason.WRONG_KEY_TYPE);
    }
    if (witnesses.stream().anyMatch(other -> other.key().isSameKeyAs(key))) {
      throw refused(Reason.DUPLICATE_KEY);
    }
    limit(witnesses.size());
    var witness = new Witness(utf8(words[1]), key, words.length == 4 ? utf8(words[3]) : null);
    define(words[1], new Quorum.One(witness));
    witnesses.add(witness);
  }

  private void group(String[] words) throws PolicyFormatException {
    count(words, 4, Integer.MAX_VALUE);
    limit(defined.size() - witnesses.size());
    var parts = new ArrayList<Quorum>();
    for (int i = 3; i < words.length; i++) {
      parts.add(known(words[i]));
      if (!members.add(words[i])) {
        throw refused(Reason.SECOND_MEMBERSHIP);
      }
    }
    define(words[1], new Quorum.Group(threshold(words[2], parts.size()), parts));
  }

  private int threshold(String word, int of) throws PolicyFormatException {
    int threshold =
        switch (word) {
          case "any" -> 1;
          case "all" -> of;
          default -> word.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(word) : 0;
        };
    if (threshold < 1 || threshold > of) {
      throw refused(Reason.BAD_THRESHOLD);
    }
    return threshold;
  }

  private void quorum(String[] words) throws PolicyFormatException {
    count(words, 2, 2);
    if (quorum != null) {
      throw refused(Reason.SECOND_QUORUM);
    }
    quorum = words[1].equals(NOBODY) ? new Quorum.None() : known(words[1]);
  }

  private Quorum known(String name) throws PolicyFormatException {
    if (name.equals(NOBODY)) {
      throw refused(Reason.RESERVED_NAME);
    }
    Quorum known = defined.get(name);
    if (known == null) {
      throw refused(Reason.UNKNOWN_NAME);
    }
    return known;
  }

  private void define(String name, Quorum what) throws PolicyFormatException {
    if (name.equals(NOBODY)) {
      throw refused(Reason.RESERVED_NAME);
    }
    if (defined.putIfAbsent(name, what) != null) {
      throw refused(Reason.DUPLICATE_NAME);
    }
  }

  private VerifierKey key(String word) throws PolicyFormatException {
    try {
      return VerifierKey.parse(utf8(word));
    } catch (NoteFormatException _) {
      throw refused(Reason.BAD_KEY);
    }
  }

  private void count(String[] words, int least, int most) throws PolicyFormatException {
    if (words.length < least) {
      throw refused(Reason.MISSING_WORD);
    }
    if (words.length > most) {
      throw refused(Reason.EXTRA_WORD);
    }
  }

  private void limit(int there) throws PolicyFormatException {
    if (there == MOST) {
      throw refused(Reason.TOO_MANY);
    }
  }

  private static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private PolicyFormatException refused(Reason reason) {
    return new PolicyFormatException(reason, line);
  }
}

package io.countersign.auditlog.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.auditlog.merkle.TreeHash;
import io.countersign.auditlog.note.Checkpoint;
import io.countersign.auditlog.note.NoteRefusedException;
import io.countersign.auditlog.note.NoteSignature;
import io.countersign.auditlog.note.NoteSigner;
import io.countersign.auditlog.note.SignatureType;
import io.countersign.auditlog.note.SignedNote;
import io.countersign.auditlog.note.VerifierKey;
import io.countersign.auditlog.policy.PolicyFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {

  private static final String ORIGIN = "example.com/log";
  private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 7, TreeHash.EMPTY);
  private static final NoteSigner LOG = signer(ORIGIN, SignatureType.ED25519);
  private static final Map<String, NoteSigner> WITNESSES = witnesses();

  /** The example of C2SP tlog-policy. */
  private static final String EXAMPLE =
      """
      log LOG

      witness X1 KEY-X1
      witness X2 KEY-X2
      witness X3 KEY-X3
      group X-witnesses 2 X1 X2 X3

      witness Y1 KEY-Y1
      witness Y2 KEY-Y2
      witness Y3 KEY-Y3
      group Y-witnesses any Y1 Y2 Y3

      group X-and-Y all X-witnesses Y-witnesses
      quorum X-and-Y
      """;

  @ParameterizedTest
  @CsvSource({
    "X1 X2 Y1, true",
    "X2 X3 Y3, true",
    "X1 X2 X3 Y1 Y2 Y3, true",
    "X1 X2 X3, false",
    "X1 Y1 Y2 Y3, false",
    "Y1, false",
    "'', false"
  })
  void groupsInGroupsCountTheirMembers(String cosigners, boolean quorum) throws Exception {
    var verdict = policy(EXAMPLE).judge(note(cosigners));
    assertThat(verdict.quorum()).isEqualTo(quorum);
    assertThat(verdict.checkpoint()).isEqualTo(CHECKPOINT);
    assertThat(verdict.cosigners().stream().map(TrustPolicy.Witness::name))
        .containsExactlyElementsOf(cosigners.isEmpty() ? List.of() : List.of(cosigners.split(" ")));
  }

  @Test
  void oneWitnessCanBeTheQuorumAndNobodyToo() throws Exception {
    String one = "log LOG\nwitness X1 KEY-X1\nwitness X2 KEY-X2\nquorum X1\n";
    assertThat(policy(one).judge(note("X1")).quorum()).isTrue();
    assertThat(policy(one).judge(note("X2")).quorum()).isFalse();
    TrustPolicy none = policy("log LOG\nquorum none\n");
    assertThat(none.quorum()).isEqualTo(new Quorum.None());
    assertThat(none.judge(note("")).quorum()).isTrue();
  }

  @Test
  void twoCosignaturesOfOneWitnessCountOnce() throws Exception {
    TrustPolicy two = policy("witness A KEY-X1\nwitness B KEY-X2\ngroup g 2 A B\nquorum g\n");
    assertThat(two.judge(note("X1 X1")).quorum()).isFalse();
    assertThat(two.judge(note("X1 X2")).quorum()).isTrue();
  }

  @Test
  void unknownCosignersAreIgnoredAndBadOnesRefuseTheNote() throws Exception {
    TrustPolicy policy = policy("log LOG\nwitness X1 KEY-X1\nquorum X1\n");
    assertThat(policy.judge(note("Y1 X1")).quorum()).isTrue();
    NoteSignature good = WITNESSES.get("X1").sign(CHECKPOINT);
    byte[] bytes = good.bytes();
    bytes[20] ^= 1;
    SignedNote bad = note("").with(new NoteSignature(good.name(), good.keyId(), bytes));
    refused(policy, bad, NoteRefusedException.Reason.BAD_SIGNATURE);
  }

  @Test
  void onlyListedLogsAreBelievedAndOnlyUnderTheirName() throws Exception {
    TrustPolicy policy = policy("log LOG\nquorum none\n");
    NoteSigner stranger = signer(ORIGIN, SignatureType.ED25519);
    refused(policy, signed(CHECKPOINT, stranger), NoteRefusedException.Reason.NOT_SIGNED);
    var other = new Checkpoint("example.com/other", 7, TreeHash.EMPTY);
    refused(policy, signed(other, LOG), NoteRefusedException.Reason.OTHER_ORIGIN);
    assertThat(policy("quorum none\n").judge(signed(CHECKPOINT, stranger)).quorum()).isTrue();
  }

  @Test
  void urlsNamesCommentsAndSpaceAreRead() throws Exception {
    TrustPolicy policy =
        policy(
            """
            # whom we believe
            \tlog LOG   https://log.example

              # and who watches
            witness w\u00e4chter KEY-X1 https://w.example/\u00e4\t
            witness all KEY-X2
            group any all w\u00e4chter all
            quorum any
            """);
    assertThat(policy.logs()).containsExactly(log("https://log.example"));
    assertThat(policy.witnesses().getFirst().name()).isEqualTo("w\u00e4chter");
    assertThat(policy.witnesses().getFirst().url()).isEqualTo("https://w.example/\u00e4");
    assertThat(policy.witnesses().getLast().url()).isNull();
    assertThat(policy.judge(note("X1 X2")).quorum()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quorum none                                      | NO_FINAL_NEWLINE    | 1",
        "log LOG/                                         | NO_QUORUM           | 2",
        "quorum none/quorum none/                         | SECOND_QUORUM       | 2",
        "/logs LOG/quorum none/                           | UNKNOWN_LINE        | 2",
        "log/                                             | MISSING_WORD        | 1",
        "log LOG url more/                                | EXTRA_WORD          | 1",
        "witness A KEY-X1 url more/                       | EXTRA_WORD          | 1",
        "group g 1/                                       | MISSING_WORD        | 1",
        "quorum/                                          | MISSING_WORD        | 1",
        "log example.com+00000000+AAAA/                   | BAD_KEY             | 1",
        "log KEY-X1/                                      | WRONG_KEY_TYPE      | 1",
        "witness A LOG/                                   | WRONG_KEY_TYPE      | 1",
        "log LOG/log LOG/                                 | DUPLICATE_KEY       | 2",
        "witness A KEY-X1/witness B KEY-X1/               | DUPLICATE_KEY       | 2",
        "witness A KEY-X1/witness A KEY-X2/               | DUPLICATE_NAME      | 2",
        "witness A KEY-X1/group A 1 A/                    | DUPLICATE_NAME      | 2",
        "witness none KEY-X1/                             | RESERVED_NAME       | 1",
        "witness A KEY-X1/group none 1 A/                 | RESERVED_NAME       | 2",
        "witness A KEY-X1/group g any A none/             | RESERVED_NAME       | 2",
        "group g any A/witness A KEY-X1/                  | UNKNOWN_NAME        | 1",
        "quorum A/witness A KEY-X1/                       | UNKNOWN_NAME        | 1",
        "group g any g/                                   | UNKNOWN_NAME        | 1",
        "witness A KEY-X1/group g 1 A A/                  | SECOND_MEMBERSHIP   | 2",
        "witness A KEY-X1/group g 1 A/group h 1 g A/      | SECOND_MEMBERSHIP   | 3",
        "witness A KEY-X1/group g 0 A/                    | BAD_THRESHOLD       | 2",
        "witness A KEY-X1/group g 2 A/                    | BAD_THRESHOLD       | 2",
        "witness A KEY-X1/group g 01 A/                   | BAD_THRESHOLD       | 2",
        "witness A KEY-X1/group g most A/                 | BAD_THRESHOLD       | 2"
      })
  void whatIsNoPolicyIsRefusedWithItsLine(String text, Reason reason, int line) {
    refused(text.strip().replace('/', '\n'), reason, line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\u0000", "\u007f", "\u000b"})
  void controlCharactersAreRefused(String character) {
    refused("# one\nquorum none" + character + "\n", Reason.BAD_CHARACTER, 2);
  }

  @Test
  void namesThatDifferInOctetsOnlyAreTwoNames() throws Exception {
    TrustPolicy policy = policy("witness K KEY-X1\nwitness \u212a KEY-X2\nquorum K\n");
    assertThat(policy.judge(note("X2")).quorum()).isFalse();
    assertThat(policy.judge(note("X1")).quorum()).isTrue();
  }

  @Test
  void aPolicyHasLimits() {
    refused("# " + "x".repeat(1_000_000) + "\n", Reason.TOO_LONG, 1);
    var groups = new StringBuilder("witness A KEY-X1\ngroup g0 1 A\n");
    for (int i = 1; i <= 64; i++) {
      groups.append("group g%d 1 g%d\n".formatted(i, i - 1));
    }
    refused(groups.toString(), Reason.TOO_MANY, 66);
  }

  /** Damaged policies are read or refused as such, never anything else. */
  @Test
  void damagedPoliciesAreRefusedOrRead() throws Exception {
    var random = new Random(17);
    byte[] good = keyed(EXAMPLE).getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] bad = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(200));
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 64);
      }
      try {
        TrustPolicy policy = TrustPolicy.parse(bad);
        policy.quorum().isReachedBy(java.util.Set.of());
        read++;
      } catch (PolicyFormatException refusal) {
        assertThat(refusal.line()).isBetween(1, 17);
      }
    }
    assertThat(read).isBetween(100, 3_900);
  }

  private static TrustPolicy policy(String text) throws PolicyFormatException {
    return TrustPolicy.parse(keyed(text).getBytes(StandardCharsets.UTF_8));
  }

  private static String keyed(String text) {
    String keyed = text.replace("LOG", LOG.verifierKey().toString());
    for (var witness : WITNESSES.entrySet()) {
      keyed = keyed.replace("KEY-" + witness.getKey(), witness.getValue().verifierKey().toString());
    }
    return keyed;
  }

  private static TrustPolicy.Log log(String url) {
    return new TrustPolicy.Log(LOG.verifierKey(), url);
  }

  private static SignedNote note(String cosigners) {
    SignedNote note = signed(CHECKPOINT, LOG);
    for (String cosigner : cosigners.isEmpty() ? new String[0] : cosigners.split(" ")) {
      note = note.with(WITNESSES.get(cosigner).sign(CHECKPOINT));
    }
    return note;
  }

  private static SignedNote signed(Checkpoint checkpoint, NoteSigner signer) {
    return new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint)));
  }

  private static void refused(
      TrustPolicy policy, SignedNote note, NoteRefusedException.Reason why) {
    assertThatThrownBy(() -> policy.judge(note))
        .isInstanceOfSatisfying(
            NoteRefusedException.class, refusal -> assertThat(refusal.reason()).isEqualTo(why));
  }

  private static void refused(String text, Reason reason, int line) {
    assertThatThrownBy(() -> policy(text))
        .isInstanceOfSatisfying(
            PolicyFormatException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.line()).isEqualTo(line);
              assertThat(refusal).hasMessageContaining("line " + line);
            });
  }

  private static Map<String, NoteSigner> witnesses() {
    var witnesses = new LinkedHashMap<String, NoteSigner>();
    for (String name : List.of("X1", "X2", "Y1", "Y2", "Y3")) {
      witnesses.put(name, signer("witness.example/" + name, SignatureType.COSIGNATURE_ED25519));
    }
    witnesses.put("X3", signer("witness.example/X3", SignatureType.COSIGNATURE_ML_DSA_44));
    return witnesses;
  }

  private static NoteSigner signer(String name, SignatureType type) {
    String algorithm = type == SignatureType.COSIGNATURE_ML_DSA_44 ? "ML-DSA-44" : "Ed25519";
    try {
      return new NoteSigner(
          name,
          type,
          KeyPairGenerator.getInstance(algorithm).generateKeyPair(),
          InstantSource.fixed(Instant.parse("2026-11-21T14:00:00Z")));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysAreTheSameUnderWhateverName() throws Exception {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    VerifierKey one = VerifierKey.of("a", SignatureType.ED25519, pair.getPublic());
    VerifierKey two = VerifierKey.of("b", SignatureType.COSIGNATURE_ED25519, pair.getPublic());
    assertThat(one.isSameKeyAs(two)).isTrue();
    assertThat(one).isNotEqualTo(two);
    assertThat(one.isSameKeyAs(LOG.verifierKey())).isFalse();
  }
}

package io.countersign.audit.headmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.audit.housekeeping.AuditEntries;
import io.countersign.audit.proof.SealedTree;
import io.countersign.auditlog.headmap.HeadMap;
import io.countersign.kernel.Actor;
import io.countersign.kernel.audit.AuditEvent.HeadMapRecorded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadMapRecorderTest {

  private static final Actor ANNA = Actor.principal("anna");

  @TempDir private Path folder;
  private SealedLog log;

  @BeforeEach
  void open() {
    log = new SealedLog(folder);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void whatIsRecordedIsTheMapOfTheSealedEntries() throws Exception {
    SealedTree sealed = log.append(1, 2, 1, 3, 1).seal();
    log.append(4);
    HeadMapRecorded recorded = log.recorder().record(sealed, ANNA).orElseThrow();
    HeadMap expected = log.mapAt(5);
    assertThat(recorded)
        .isEqualTo(new HeadMapRecorded(SealedLog.ORIGIN, 5, expected.root().base64(), 3));
    RecordedHeadMap stored = log.stored.newest(Long.MAX_VALUE).orElseThrow();
    assertThat(stored.index()).isEqualTo(6);
    assertThat(stored.said()).isEqualTo(recorded);
    assertThat(log.written.reader().entry(6).orElseThrow().actor()).isEqualTo("principal:anna");
  }

  @Test
  void aMapThatIsKeptAndOneBuiltAnewAfterAStartAreTheSame() throws Exception {
    var random = new Random(5);
    HeadMapRecorder kept = log.recorder();
    for (int round = 0; round < 12; round++) {
      for (int i = random.nextInt(60); i >= 0; i--) {
        log.append(1 + random.nextInt(40));
      }
      SealedTree sealed = log.seal();
      // every third time somebody else records, as after a start or on another node
      HeadMapRecorder recorder = round % 3 == 2 ? log.recorder() : kept;
      HeadMapRecorded recorded = recorder.record(sealed, ANNA).orElseThrow();
      assertThat(recorded.root()).isEqualTo(log.mapAt(sealed.size()).root().base64());
      assertThat(log.stored.at(sealed.size()).root()).isEqualTo(log.mapAt(sealed.size()).root());
    }
    assertThat(log.size()).as("over the end of a bundle").isGreaterThan(256);
  }

  @Test
  void theLogNeverGrowsByItself() throws Exception {
    HeadMapRecorder recorder = log.recorder();
    recorder.record(log.append(1, 2).seal(), ANNA);
    long size = log.size();
    for (int i = 0; i < 3; i++) {
      assertThat(recorder.record(log.seal(), ANNA)).isEmpty();
      assertThat(log.recorder().record(log.seal(), ANNA)).isEmpty();
    }
    assertThat(log.size()).isEqualTo(size);
    log.append(1);
    assertThat(recorder.record(SealedTree.newest(log.published).orElseThrow(), ANNA))
        .as("not sealed yet")
        .isEmpty();
    assertThat(recorder.record(log.seal(), ANNA)).isPresent();
  }

  @Test
  void aMapIsDueAnIntervalAfterTheLastOneAndOnlyWhereItIsSealed() throws Exception {
    SealedTree sealed = log.append(1, 2).seal();
    HeadMapSchedule idle = log.schedule(SealedLog.INTERVAL.plusMinutes(1));
    idle.look();
    assertThat(log.size()).as("this node does not seal").isEqualTo(2);
    HeadMapSchedule early = log.schedule(SealedLog.INTERVAL.minusMinutes(1));
    early.sealed(sealed.checkpoint(), sealed.note());
    early.look();
    assertThat(log.size()).as("not due").isEqualTo(2);
    idle.sealed(sealed.checkpoint(), sealed.note());
    idle.look();
    assertThat(log.size()).isEqualTo(3);
    assertThat(log.written.reader().entry(2).orElseThrow().actor())
        .isEqualTo(AuditEntries.AUTOMATION.ref());
    log.append(3).seal();
    early.look();
    assertThat(log.size()).as("not due again").isEqualTo(4);
    idle.look();
    assertThat(log.size()).isEqualTo(5);
    log.seal();
    idle.look();
    assertThat(log.size()).as("nothing but housekeeping").isEqualTo(5);
  }

  /** The map in memory is of entries that are gone. */
  @Test
  void aLogThatWasRestartedFromAnOlderStateGetsItsOwnMap() throws Exception {
    HeadMapRecorder recorder = log.recorder();
    recorder.record(log.append(1, 2, 3).seal(), ANNA);
    recorder.record(log.append(4, 5).seal(), ANNA);
    log.restart(4, folder.resolve("anew"));
    SealedTree sealed = log.append(7, 8, 9, 10, 11).seal();
    assertThat(recorder.record(sealed, ANNA).orElseThrow().root())
        .isEqualTo(log.mapAt(9).root().base64());
  }

  /** Somebody with the owner's rights moves an entry that was sealed to another aggregate. */
  @Test
  void aRowThatWasChangedAfterwardsGetsIntoNoMap() throws Exception {
    log.recorder().record(log.append(1, 2, 1).seal(), ANNA);
    SealedTree sealed = log.append(2, 1, 3).seal();
    Optional<HeadMap> truth = Optional.of(log.mapAt(sealed.size()));
    log.written.tamper(
        "update eventlog.entry set aggregate_id = 'workitem:fabrikam:9' where index = 6");
    assertThat(log.recorder().record(sealed, ANNA).orElseThrow().root())
        .isEqualTo(truth.orElseThrow().root().base64());
  }

  @Test
  void rowsThatLeadToAnotherMapThanTheRecordedOneStopIt() throws Exception {
    log.recorder().record(log.append(1, 2, 1).seal(), ANNA);
    SealedTree sealed = log.append(2).seal();
    log.written.tamper(
        "update eventlog.entry set aggregate_id = 'workitem:fabrikam:9' where index = 1");
    long size = log.size();
    assertThatThrownBy(() -> log.recorder().record(sealed, ANNA))
        .isInstanceOf(HeadMapDamagedException.class)
        .hasMessage(
            "the head map of entry 3: the rows of the log lead to another root; verify the log to"
                + " see which");
    HeadMapSchedule schedule = log.schedule(Duration.ofHours(2));
    schedule.sealed(sealed.checkpoint(), sealed.note());
    schedule.look();
    assertThat(log.meters.get("countersign.audit.headmap.trouble").gauge().value()).isOne();
    assertThat(log.size()).isEqualTo(size);
  }

  @Test
  void aRecordedMapThatWasRewrittenIsNotBelieved() throws Exception {
    log.recorder().record(log.append(1, 2, 1).seal(), ANNA);
    log.written.tamper(
        "update eventlog.entry set payload = replace(convert_from(payload, 'UTF8'), '\"size\":3',"
            + " '\"size\":2')::bytea where index = 3");
    assertThatThrownBy(() -> log.stored.newest(Long.MAX_VALUE))
        .isInstanceOf(HeadMapDamagedException.class)
        .hasMessageContaining("entry 3: its payload does not have the digest");
  }
}

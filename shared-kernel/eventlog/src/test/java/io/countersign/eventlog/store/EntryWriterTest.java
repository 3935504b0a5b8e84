package io.countersign.eventlog.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.eventlog.append.EntryRefusedException;
import io.countersign.eventlog.append.LogUnavailableException;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.serialization.CatalogueSerializer;
import io.countersign.kernel.catalogue.Events;
import io.countersign.kernel.privacy.KeyOwner;
import io.countersign.kernel.privacy.Purpose;
import io.countersign.kernel.privacy.SealedText;
import io.countersign.kernel.project.OrganizationId;
import io.countersign.kernel.workitem.SourceChange;
import io.countersign.kernel.workitem.WorkItemEvent;
import io.countersign.kernel.workitem.WorkItemId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;

class EntryWriterTest {

  private static final WorkItemId ITEM = new WorkItemId(new OrganizationId("fabrikam"), 7);

  private static void write(RuntimeException failure) {
    TextCipher cipher =
        new TextCipher() {
          @Override
          public SealedText.Envelope seal(
              KeyOwner owner, Purpose purpose, String at, String clear) {
            throw failure;
          }

          @Override
          public Opened open(SealedText text) {
            return new Opened.Text("title");
          }
        };
    var event =
        new WorkItemEvent.Retitled(
            ITEM,
            SealedText.of(ITEM.keyOwner(), Purpose.CONTENT, "title"),
            new SourceChange(2, 2, Instant.EPOCH, null));
    new EntryWriter(CatalogueSerializer.of(Events.CATALOGUE, cipher), _ -> Set.of())
        .write(List.of(new GenericEventMessage<>(event)), null);
  }

  @Test
  void aDatabaseThatGivesNoKeyIsAnOutageAndNoRefusal() {
    assertThatThrownBy(
            () -> write(new IllegalStateException("no key", new SQLException("gone", "08006"))))
        .isInstanceOf(LogUnavailableException.class);
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    assertThatThrownBy(() -> write(new IllegalStateException("no")))
        .isInstanceOf(EntryRefusedException.class);
  }
}

package io.countersign.golden;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.eventlog.encryption.TextCipher;
import io.countersign.eventlog.encryption.TextCipher.Opened;
import io.countersign.kernel.privacy.SealedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.serialization.Revision;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * What every aggregate of a log evolved to, as JSON. One document for each kind and revision of an
 * aggregate's state: whoever changes what an aggregate remembers raises its revision, for its
 * snapshots, and gets another document here.
 */
final class EvolvedStates {

  private final GoldenNode node;
  private final JsonMapper json;

  EvolvedStates(GoldenNode node) {
    this.node = node;
    this.json =
        JsonMapper.builder()
            .changeDefaultVisibility(
                all ->
                    all.withFieldVisibility(Visibility.ANY)
                        .withGetterVisibility(Visibility.NONE)
                        .withIsGetterVisibility(Visibility.NONE))
            .changeDefaultPropertyInclusion(
                _ ->
                    JsonInclude.Value.construct(
                        JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addModule(
                new SimpleModule()
                    .addSerializer(SealedText.class, new InClear(node.cipher))
                    .addSerializer(Set.class, new Sorted()))
            .build();
  }

  /** Documents by name, for example {@code workitem-4}. */
  SortedMap<String, String> documents(List<StoredLine> history) {
    SortedMap<String, SortedMap<String, JsonNode>> states = new TreeMap<>();
    for (AggregateConfiguration<?> kind : kinds()) {
      Class<?> type = kind.aggregateType();
      String word = type.getAnnotation(AggregateRoot.class).type();
      SortedMap<String, JsonNode> ofKind = new TreeMap<>();
      history.stream()
          .filter(line -> line.aggregateType().equals(word))
          .map(StoredLine::aggregateId)
          .distinct()
          .forEach(id -> ofKind.put(id, state(kind, id)));
      states.put(word + "-" + type.getAnnotation(Revision.class).value(), ofKind);
    }
    SortedMap<String, String> documents = new TreeMap<>();
    states.forEach((name, ofKind) -> documents.put(name, json.writeValueAsString(ofKind) + "\n"));
    return documents;
  }

  @SuppressWarnings("rawtypes") // Axon knows the kinds by raw class
  private List<AggregateConfiguration<?>> kinds() {
    List<AggregateConfiguration<?>> kinds = new ArrayList<>();
    for (AggregateConfiguration kind : node.axon.findModules(AggregateConfiguration.class)) {
      kinds.add(kind);
    }
    return kinds;
  }

  private <T> JsonNode state(AggregateConfiguration<T> kind, String id) {
    UnitOfWork<?> unit =
        DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage("load " + id));
    try {
      return kind.repository().load(id).invoke(json::<JsonNode>valueToTree);
    } finally {
      unit.rollback();
    }
  }

  /** Sealed text as it opens with the fixed keys. */
  private static final class InClear extends ValueSerializer<SealedText> {

    private final TextCipher cipher;

    InClear(TextCipher cipher) {
      this.cipher = cipher;
    }

    @Override
    public void serialize(SealedText text, JsonGenerator out, SerializationContext context) {
      context.writeValue(
          out,
          Map.of(
              "owner",
              text.owner().value(),
              "text",
              cipher.open(text) instanceof Opened.Text(String clear) ? clear : "unreadable"));
    }
  }

  /** Sets have no order of their own. */
  @SuppressWarnings("rawtypes") // serializers are registered by raw class
  private static final class Sorted extends ValueSerializer<Set> {

    @Override
    public void serialize(Set set, JsonGenerator out, SerializationContext context) {
      List<Object> sorted = new ArrayList<>();
      for (Object one : set) {
        sorted.add(one);
      }
      sorted.sort(Comparator.comparing(String::valueOf));
      context.writeValue(out, sorted);
    }
  }
}

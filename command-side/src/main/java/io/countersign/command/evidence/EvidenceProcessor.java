package io.countersign.command.evidence;

import io.countersign.eventlog.processing.ProcessorSettings;
import io.countersign.eventlog.processing.Processors;
import io.countersign.eventlog.processing.Start;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from its first entry on, in order, and keeps what gates ask for. It may lag a
 * moment behind: what it has not seen yet is not known, and what is not known lets nothing pass.
 */
public final class EvidenceProcessor implements ConfigurerModule {

  /** Name of the processor. */
  public static final String NAME = "evidence";

  private static final TokenSchema TOKENS =
      TokenSchema.builder()
          .setTokenTable("evidence.token")
          .setProcessorNameColumn("processor_name")
          .setTokenTypeColumn("token_type")
          .build();

  private final EvidenceTransactions transactions;
  private final EvidenceWriter writer;

  /** Into this database, where {@link Evidence#SCHEMA} was migrated. */
  public EvidenceProcessor(DataSource dataSource) {
    this.transactions = new EvidenceTransactions(dataSource);
    this.writer = new EvidenceWriter(dataSource);
  }

  @Override
  public void configureModule(Configurer configurer) {
    EventMessageHandler handler = new Handler(writer);
    var processing = configurer.eventProcessing();
    processing
        .registerEventHandler(_ -> handler)
        .assignHandlerInstancesMatching(NAME, candidate -> candidate == handler)
        .assignProcessingGroup(NAME, NAME)
        .registerTokenStore(NAME, this::tokenStore)
        .registerTransactionManager(NAME, _ -> transactions);
    Processors.register(processing, ProcessorSettings.inOrder(NAME, Start.TAIL));
  }

  private TokenStore tokenStore(Configuration axon) {
    return JdbcTokenStore.builder()
        .connectionProvider(transactions.connections())
        .serializer(axon.serializer())
        .schema(TOKENS)
        .contentType(byte[].class)
        .build();
  }

  private record Handler(EvidenceWriter writer) implements EventMessageHandler {

    @Override
    public boolean canHandle(EventMessage<?> message) {
      return EvidenceWriter.isAbout(message.getPayloadType());
    }

    @Override
    public @Nullable Object handle(EventMessage<?> message) {
      writer.keep(message.getPayload());
      return null;
    }
  }
}

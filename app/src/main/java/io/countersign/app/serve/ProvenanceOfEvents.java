package io.countersign.app.serve;

import io.countersign.kernel.Provenance;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/**
 * What an event takes over from the command it comes from: actor, conversation, delivery. The
 * command itself is what caused it.
 */
final class ProvenanceOfEvents implements CorrelationDataProvider {

  @Override
  public Map<String, ?> correlationDataFor(Message<?> message) {
    var data = new HashMap<String, Object>();
    for (String key :
        new String[] {Provenance.ACTOR, Provenance.CORRELATION_ID, Provenance.DELIVERY_ID}) {
      Object value = message.getMetaData().get(key);
      if (value != null) {
        data.put(key, value);
      }
    }
    data.put(Provenance.CAUSATION_ID, message.getIdentifier());
    return data;
  }
}

package io.countersign.command.azuredevops.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends calls to one organization. */
interface Sender {

  Answer<JsonNode> send(Call call);

  /**
   * Sends a call and reads what it is answered with.
   *
   * @param shape gives nothing for JSON of another shape
   */
  default <R> Answer<R> send(Call call, Shape<R> shape) {
    return switch (send(call)) {
      case Answer.Failure<JsonNode> failure -> failure.as();
      case Answer.Ok<JsonNode> ok -> {
        R value = shape.read(ok.value());
        if (value != null) {
          yield new Answer.Ok<>(value, ok.rev(), ok.activity());
        }
        yield call.changes()
            ? new Answer.OutcomeUnknown<>("an answer of another shape")
            : new Answer.Refused<>(
                new Fault(
                    200,
                    Fault.OTHER_SHAPE,
                    "an answer of another shape than %s has".formatted(call.operation()),
                    ok.activity(),
                    call.scope().toString()));
      }
    };
  }

  /**
   * Reads JSON leniently.
   *
   * @param <R> what it is
   */
  interface Shape<R> {

    @Nullable R read(JsonNode json);

    /** An object with an array of these. One that cannot be read spoils all: half a list lies. */
    static <R> Shape<List<R>> listOf(String member, Shape<R> one) {
      return json -> {
        JsonNode array = json.path(member);
        if (!array.isArray()) {
          return null;
        }
        List<R> values = new ArrayList<>(array.size());
        for (JsonNode element : array) {
          R value = one.read(element);
          if (value == null) {
            return null;
          }
          values.add(value);
        }
        return values;
      };
    }

    /** Most lists of the service. */
    static <R> Shape<List<R>> values(Shape<R> one) {
      return listOf("value", one);
    }

    /** Any object, as it is. */
    static @Nullable JsonNode object(JsonNode json) {
      return json.isObject() ? json : null;
    }
  }
}

package io.countersign.command.azuredevops.client;

import java.net.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came back over the line, or why nothing did. */
sealed interface Reply {

  /**
   * A whole answer, whatever it says.
   *
   * @param status of HTTP
   * @param headers of the answer
   * @param body all of it
   */
  record Whole(int status, HttpHeaders headers, byte[] body) implements Reply {

    String contentType() {
      return headers
          .firstValue("Content-Type")
          .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
          .orElse("");
    }

    /** The service's id of the call. */
    @Nullable String activity() {
      return headers
          .firstValue("ActivityId")
          .or(() -> headers.firstValue("X-VSS-E2EID"))
          .filter(id -> id.matches("[0-9a-fA-F-]{8,64}"))
          .orElse(null);
    }

    @Override
    public String toString() {
      return "Whole[" + status + "]";
    }
  }

  /** The request never left: no connection came about. */
  record NotSent(String why) implements Reply {}

  /** The line broke, or nothing came in time, after the request or a part of it had left. */
  record Broken(String why) implements Reply {}

  /** More than we are willing to hold. */
  record TooLong(int bytes) implements Reply {}
}

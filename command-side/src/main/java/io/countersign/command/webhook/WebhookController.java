package io.countersign.command.webhook;

import io.countersign.kernel.access.Open;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Describes the endpoint. Deliveries never get here: {@link DeliveryConnection} answers them. What
 * does, names the path in a way no sender would, and is not taken.
 */
@RestController
@Tag(name = "Webhooks", description = "Deliveries of notifications from Azure DevOps")
final class WebhookController {

  static final String PATH = DeliveryPath.PATH;

  private static final String RECEIPT =
      """
      {"deliveryId": "019aa2c4-6d1f-7c3e-9b0a-3f2e8d7c6b5a",
       "digest": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
       "duplicate": false}""";

  @PostMapping({PATH, PATH + "/"})
  @Open("authenticates itself: basic authentication with the webhook's secret")
  @Operation(
      summary = "Take a delivery",
      description =
          "Basic authentication, user azure-devops. Answers when the delivery is durable; whatever the body is, "
              + "it is kept and judged later. The same delivery again is answered with the first receipt. "
              + "Where a path token is configured, it is one more part of the path; the plain path then answers 401.")
  @ApiResponse(
      responseCode = "202",
      description = "Durable",
      content = @Content(mediaType = "application/json", examples = @ExampleObject(RECEIPT)))
  @ApiResponse(responseCode = "401", description = "Wrong or missing secret; nothing is stored")
  @ApiResponse(
      responseCode = "503",
      description = "Not taken right now; send it again after Retry-After seconds")
  ResponseEntity<Void> receive() {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .build();
  }

  @PostMapping(PATH + "/{pathToken}")
  @Open("authenticates itself: basic authentication with the webhook's secret, and the path token")
  @Operation(hidden = true) // described with the plain path
  ResponseEntity<Void> receiveWithToken() {
    return receive();
  }
}

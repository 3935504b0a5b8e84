package io.countersign.audit.scrub;

import io.countersign.kernel.access.Permission;
import io.countersign.kernel.access.RequiresPermission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What verifying in the background found. */
@RestController
@RequestMapping("/api/v1/log/scrub")
@Tag(name = "Log", description = "Entries of the event log, as stored, and their verification")
class ScrubController {

  private final Scrubber scrubber;

  ScrubController(Scrubber scrubber) {
    this.scrubber = scrubber;
  }

  @GetMapping
  @RequiresPermission(Permission.READ_LOG)
  @Operation(
      summary = "How far verifying in the background is, and what it found",
      description =
          "The whole log is verified again and again: rows with the chain and the published leaves,"
              + " payloads, keys. Findings stay until a whole round found nothing.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"on":true,"rate":200,"next":512,"rounds":3,"roundEndedAt":"2026-11-20T10:00:00Z","findingCount":1,"findings":[{"index":17,"code":"PAYLOAD_DIGEST_MISMATCH","words":"the stored payload does not have the digest in the entry"}]}""")))
  ScrubView scrub() {
    return scrubber.view();
  }
}

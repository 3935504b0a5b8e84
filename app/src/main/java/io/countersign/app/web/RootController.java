package io.countersign.app.web;

import io.countersign.app.Version;
import io.countersign.kernel.access.Open;
import io.swagger.v3.oas.annotations.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The root: what this is, and where to go on. */
@RestController
class RootController {

  @Open("says nothing that is not public")
  @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(hidden = true)
  Map<String, String> json() {
    var links = new LinkedHashMap<String, String>();
    links.put("name", "Countersign");
    links.put("version", Version.text());
    links.put("docs", "/docs");
    links.put("openapi", "/v3/api-docs");
    links.put("health", "/health/ready");
    return links;
  }

  @Open("says nothing that is not public")
  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  @Operation(hidden = true)
  String html() {
    return """
        <!doctype html>
        <html lang="en"><head><title>Countersign</title></head>
        <body><h1>Countersign</h1>
        <p><a href="/docs">API documentation</a>, <a href="/health/ready">health</a></p></body></html>
        """;
  }
}

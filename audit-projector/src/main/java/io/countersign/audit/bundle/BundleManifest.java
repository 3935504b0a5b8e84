package io.countersign.audit.bundle;

import io.countersign.auditlog.note.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The list of what is in a bundle. It is for convenience: nothing is believed because of it. */
final class BundleManifest {

  private BundleManifest() {}

  static byte[] json(
      Checkpoint checkpoint,
      BundleRequest request,
      Collection<Long> indexes,
      Map<String, BundleZip.Stored> files) {
    var manifest = JsonMapper.shared().createObjectNode();
    manifest.put("format", BundleNames.FORMAT);
    manifest.put("origin", checkpoint.origin());
    manifest.put("size", checkpoint.size());
    manifest.put("root", checkpoint.root().base64());
    if (request.aggregate() != null) {
      manifest.put("aggregate", request.aggregate());
    } else {
      manifest.put("from", request.from());
      manifest.put("to", Math.min(request.to(), checkpoint.size()));
    }
    var entries = manifest.putArray("entries");
    indexes.forEach(entries::add);
    var list = manifest.putArray("files");
    files.forEach(
        (name, stored) ->
            list.addObject()
                .put("name", name)
                .put("bytes", stored.bytes())
                .put("sha256", stored.sha256()));
    return (manifest.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}

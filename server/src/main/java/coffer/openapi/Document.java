package coffer.openapi;

import coffer.engine.Route;
import coffer.engine.Version;
import coffer.mount.Mounted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An OpenAPI document, version 3.0.2, in the shape of the peers': one entry a path template with
/// all that can be done there, and the bodies of requests as schemas of their own.
public final class Document {
  private static final String API =
      "HTTP API that gives you full access to Coffer. All API routes are prefixed with `/v1/`.";

  private final Map<String, Object> paths = new TreeMap<>();
  private final Schemas schemas = new Schemas();
  private final Names names;

  private Document(String context) {
    this.names = new Names(context);
  }

  /// All that the mounts answer to.
  ///
  /// @param generic whether paths begin with `{secret_mount_path}` in place of `secret`
  /// @param context ends the id of every operation; empty for none
  public static Map<String, Object> of(
      Collection<Mounted> mounts, boolean generic, String context) {
    var document = new Document(context);
    mounts.forEach(mounted -> document.add(mounted, MountPath.of(mounted.entry(), generic)));
    return document.fields();
  }

  /// Some routes of one mount, by their paths below it.
  public static Map<String, Object> of(Mounted mounted, List<Route> routes) {
    var document = new Document("");
    document.add(mounted, routes, MountPath.NONE);
    return document.fields();
  }

  private void add(Mounted mounted, MountPath path) {
    add(mounted, mounted.engine().routes(), path);
  }

  private void add(Mounted mounted, List<Route> routes, MountPath at) {
    Map<String, List<Route>> byPath = new LinkedHashMap<>();
    for (Route route : routes) {
      byPath.computeIfAbsent(at.path(route.template()), path -> new ArrayList<>()).add(route);
    }
    byPath.forEach(
        (path, some) ->
            paths.put(path, new PathItem(mounted.entry(), some, names, schemas).fields(at)));
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("openapi", "3.0.2");
    fields.put("info", info());
    fields.put("paths", paths);
    fields.put("components", Map.of("schemas", schemas.all()));
    return fields;
  }

  private static Map<String, Object> info() {
    Map<String, Object> license = new LinkedHashMap<>();
    license.put("name", "Apache License 2.0");
    license.put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("title", "Coffer API");
    info.put("description", API);
    info.put("version", Version.COMPATIBLE);
    info.put("license", license);
    return info;
  }
}

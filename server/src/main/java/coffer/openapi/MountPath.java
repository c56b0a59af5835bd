package coffer.openapi;

import coffer.engine.Template;
import coffer.engine.Template.Segment;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What the paths of a mount begin with.
///
/// @param prefix with `/` at both ends
/// @param parameter the name that stands for the mount's path in it; empty for none
/// @param mount that path
record MountPath(String prefix, String parameter, String mount) {
  /// For paths below a mount.
  static final MountPath NONE = new MountPath("/", "", "");

  private static final String AUTH = "auth/";

  static MountPath of(MountEntry entry, boolean generic) {
    if (!generic || MountTable.isSingle(entry.type())) {
      return new MountPath("/" + entry.path(), "", "");
    }
    String mount = entry.shortPath().substring(0, entry.shortPath().length() - 1);
    String parameter = mount.replaceAll("\\W", "_") + "_mount_path";
    String before = entry.path().startsWith(AUTH) ? "/" + AUTH : "/";
    return new MountPath(before + "{" + parameter + "}/", parameter, mount);
  }

  /// The path of a template below the mount.
  String path(Template template) {
    String below =
        template.segments().stream().map(MountPath::segment).collect(Collectors.joining("/"));
    return below.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + below;
  }

  private static String segment(Segment segment) {
    return switch (segment) {
      case Segment.Literal literal -> literal.text();
      case Segment.One one -> "{" + one.name() + "}";
      case Segment.Rest rest -> "{" + rest.name() + "}";
    };
  }

  /// What a caller gives for [#parameter].
  Map<String, Object> declared() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("default", mount);
    return Schemas.parameter(parameter, "The path of the mount.", "path", schema, true);
  }
}

package coffer.audit;

import coffer.engine.Version;
import coffer.mount.MountEntry;
import coffer.mount.Mounted;
import org.jspecify.annotations.Nullable;

/// Writes the facts of a mount, which lines of requests and of answers name differently.
enum MountText {
  REQUEST("mount_running_version"),
  RESPONSE("mount_running_plugin_version");

  private static final byte[] POINT = LineBuffer.quoted("mount_point");
  private static final byte[] TYPE = LineBuffer.quoted("mount_type");
  private static final byte[] ACCESSOR = LineBuffer.quoted("mount_accessor");
  private static final byte[] CLASS = LineBuffer.quoted("mount_class");
  private static final String RUNNING = "v" + Version.COMPATIBLE + "+builtin.vault";

  private final byte[] version;

  MountText(String version) {
    this.version = LineBuffer.quoted(version);
  }

  /// Writes nothing where there is no mount.
  void write(@Nullable Mounted mounted, LineBuffer into) {
    if (mounted == null) {
      return;
    }
    MountEntry entry = mounted.entry();
    field(POINT, entry.path(), into);
    field(TYPE, entry.type(), into);
    if (!entry.accessor().isEmpty()) {
      field(ACCESSOR, entry.accessor(), into);
    }
    field(version, RUNNING, into);
    field(CLASS, mounted.mountClass(), into);
  }

  private static void field(byte[] name, String text, LineBuffer into) {
    into.name(name);
    into.string(text);
  }
}

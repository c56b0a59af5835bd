package coffer.audit;

import coffer.engine.Version;
import coffer.mount.MountEntry;
import coffer.mount.Mounted;
import org.jspecify.annotations.Nullable;

/// Writes the facts of a mount, which lines of requests and of answers name differently.
final class MountText {
  private static final byte[] POINT = LineBuffer.quoted("mount_point");
  private static final byte[] TYPE = LineBuffer.quoted("mount_type");
  private static final byte[] ACCESSOR = LineBuffer.quoted("mount_accessor");
  private static final byte[] REQUEST_VERSION = LineBuffer.quoted("mount_running_version");
  private static final byte[] ANSWER_VERSION = LineBuffer.quoted("mount_running_plugin_version");
  private static final byte[] CLASS = LineBuffer.quoted("mount_class");
  private static final String RUNNING = "v" + Version.COMPATIBLE + "+builtin.vault";

  private MountText() {}

  /// As a part of a request.
  static void request(@Nullable Mounted mounted, LineBuffer into) {
    write(mounted, REQUEST_VERSION, into);
  }

  /// As a part of an answer.
  static void answer(@Nullable Mounted mounted, LineBuffer into) {
    write(mounted, ANSWER_VERSION, into);
  }

  private static void write(@Nullable Mounted mounted, byte[] version, LineBuffer into) {
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

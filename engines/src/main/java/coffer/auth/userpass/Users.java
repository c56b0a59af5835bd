package coffer.auth.userpass;

import coffer.engine.Call;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The users of the mount that a call is for, by name. Names don't tell upper case from lower case:
/// here they are in lower case.
final class Users {
  private static final String FOLDER = "user/";

  /// As the peers': letters, digits and `_`, and between those `-` and `.` too.
  private static final Pattern NAME = Pattern.compile("\\w([\\w.-]*\\w)?");

  private Users() {}

  /// The name in its form here; empty for what can't be a name.
  static Optional<String> name(String given) {
    return NAME.matcher(given).matches()
        ? Optional.of(given.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  static Optional<User> find(Call call, String name) {
    return call.storage().get(FOLDER + name).map(User::of);
  }

  /// The same, with other writers of this user kept out until the call is answered.
  static Optional<User> lock(Call call, String name) {
    call.lock(FOLDER + name);
    return find(call, name);
  }

  static void put(Call call, String name, User user) {
    call.storage().put(FOLDER + name, user.stored());
  }

  static void delete(Call call, String name) {
    call.lock(FOLDER + name);
    call.storage().delete(FOLDER + name);
  }

  static List<String> list(Call call, String after, int limit) {
    return call.storage().list(FOLDER, after, limit);
  }
}

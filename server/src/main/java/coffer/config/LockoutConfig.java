package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Stanza;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// After how many failed logins a user has to wait.
///
/// @param method `all`, `userpass`, `ldap` or `approle`
public record LockoutConfig(
    String method,
    Optional<Long> threshold,
    Optional<Duration> duration,
    Optional<Duration> counterReset,
    Optional<Boolean> disabled) {

  static LockoutConfig read(Stanza stanza, Section section) {
    String method = stanza.label().name().toLowerCase(Locale.ROOT);
    if (!method.matches("all|userpass|ldap|approle")) {
      throw new HclException(stanza.at(), "unsupported auth type \"" + method + "\"");
    }
    section.accept("type");
    var lockout =
        new LockoutConfig(
            method,
            section.integer("lockout_threshold"),
            section.duration("lockout_duration"),
            section.duration("lockout_counter_reset"),
            section.flag("disable_lockout"));
    section.close();
    return lockout;
  }
}

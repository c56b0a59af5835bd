package coffer.auth.userpass;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.Kind;
import coffer.engine.Login;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.TokenFields;
import coffer.engine.TokenSettings;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Logging in with a user name and a password. May be used by many threads.
///
/// Names, texts and states of answers are the peers'.
public final class Userpass implements Engine {
  static final Param<String> USERNAME = Param.path("username", "The name of the user.");
  static final Param<String> PASSWORD = Param.string("password", "The password.");
  static final Param<String> PASSWORD_HASH =
      Param.string("password_hash", "A bcrypt hash of the password, in place of the password.");
  static final Param<String> AFTER =
      Param.string("after", "The name after which the list is to begin.");
  static final Param<Long> LIMIT =
      Param.field("limit", Kind.INTEGER, "How many names to list; 0 for all.", 0L);

  private static final TokenFields TOKENS =
      new TokenFields("policies", "ttl", "max_ttl", "bound_cidrs");
  private static final TokenFields POLICIES = TOKENS.only("token_policies");

  /// Where the name of the user is in the metadata of a token.
  private static final String METADATA = "username";

  private final Passwords passwords;

  Userpass(Passwords passwords) {
    this.passwords = passwords;
  }

  /// @param random for the salts of passwords
  public static EngineType type(SecureRandom random) {
    var passwords = new Passwords(random);
    return new EngineType(
        "userpass",
        EngineType.Family.AUTH,
        "Logging in with a user name and a password.",
        mount -> new Userpass(passwords));
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(LIST, "users", "List the users.", this::list, AFTER, LIMIT),
        Route.of(READ, "users/{username}", "Show a user.", this::read, USERNAME),
        Route.of(
                UPDATE,
                "users/{username}",
                "Make or change a user.",
                this::write,
                TOKENS.after(USERNAME, PASSWORD, PASSWORD_HASH))
            .creating(this::exists),
        Route.of(DELETE, "users/{username}", "Delete a user.", this::delete, USERNAME),
        Route.of(
            UPDATE,
            "users/{username}/password",
            "Change the password of a user.",
            this::changePassword,
            USERNAME,
            PASSWORD,
            PASSWORD_HASH),
        Route.of(
            UPDATE,
            "users/{username}/policies",
            "Change the policies of a user.",
            this::changePolicies,
            POLICIES.after(USERNAME)),
        Route.of(UPDATE, "login/{username}", "Log in.", this::login, USERNAME, PASSWORD).open());
  }

  /// What can't be a name is no path either.
  private static String name(Call call) {
    return Users.name(call.get(USERNAME))
        .orElseThrow(() -> new Refusal(Refusal.Why.ABSENT, Refusal.listed("unsupported path")));
  }

  private Reply list(Call call) {
    long limit = call.get(LIMIT);
    return new Reply.Keys(
        Users.list(
            call,
            call.get(AFTER),
            limit > 0 ? (int) Math.min(limit, Integer.MAX_VALUE) : Integer.MAX_VALUE));
  }

  private boolean exists(Call call) {
    return Users.find(call, name(call)).isPresent();
  }

  private Reply read(Call call) {
    User user = Users.find(call, name(call)).orElseThrow(Refusal::absent);
    return new Reply.Data(user.tokens().shown());
  }

  private Reply write(Call call) {
    String name = name(call);
    // Before the lock, because it takes its time.
    Optional<BcryptHash> password = newPassword(call);
    Optional<User> before = Users.lock(call, name);
    TokenSettings tokens = TOKENS.read(call, before.map(User::tokens).orElse(TokenSettings.NONE));
    BcryptHash kept =
        password.or(() -> before.map(User::password)).orElseThrow(Userpass::noPassword);
    Users.put(call, name, new User(kept, tokens));
    return Reply.DONE;
  }

  private Reply delete(Call call) {
    Users.delete(call, name(call));
    return Reply.DONE;
  }

  private Reply changePassword(Call call) {
    String name = name(call);
    BcryptHash password = newPassword(call).orElseThrow(Userpass::noPassword);
    User user = Users.lock(call, name).orElseThrow(Userpass::noUser);
    Users.put(call, name, new User(password, user.tokens()));
    return Reply.DONE;
  }

  private Reply changePolicies(Call call) {
    String name = name(call);
    User user = Users.lock(call, name).orElseThrow(Userpass::noUser);
    TokenSettings tokens = POLICIES.read(call, user.tokens());
    Users.put(call, name, new User(user.password(), tokens));
    return Reply.DONE;
  }

  /// The password or hash that a request brings; an empty one counts as none.
  private Optional<BcryptHash> newPassword(Call call) {
    String password = call.get(PASSWORD);
    String hash = call.get(PASSWORD_HASH);
    if (!hash.isEmpty()) {
      if (!password.isEmpty()) {
        throw Refusal.bad("only one of password or password_hash may be provided");
      }
      return Optional.of(BcryptHash.given(hash));
    }
    return password.isEmpty() ? Optional.empty() : Optional.of(passwords.hash(password));
  }

  private static Refusal noPassword() {
    return Refusal.bad("must provide either password or password_hash");
  }

  private static Refusal noUser() {
    return new Refusal(Refusal.Why.FAILED, Refusal.listed("username does not exist"));
  }

  /// Tells nobody whether it is the name or the password that is wrong, neither by its text nor by
  /// its time.
  private Reply login(Call call) {
    String name =
        Users.name(call.get(USERNAME))
            .orElseThrow(() -> new Refusal(Refusal.Why.ABSENT, "unsupported path"));
    String password = call.get(PASSWORD);
    if (password.isEmpty()) {
      throw new Refusal(Refusal.Why.FAILED, "missing password");
    }
    Optional<User> user = Users.find(call, name);
    if (!passwords.match(password, user.map(User::password).orElse(null))) {
      throw Refusal.bad("invalid username or password");
    }
    TokenSettings tokens = user.orElseThrow().tokens();
    if (!tokens.admits(call.caller().remoteAddress())) {
      throw Refusal.denied();
    }
    return new Reply.Welcome(tokens.login(name, Map.of(METADATA, name)));
  }

  /// A token lasts on only as long as its user is there and has the policies that it was made with.
  @Override
  public Login renewLogin(Call call, Login login) {
    return Users.find(call, login.metadata().getOrDefault(METADATA, ""))
        .orElseThrow(() -> new Refusal(Refusal.Why.FAILED, "user no longer exists, not renewing"))
        .tokens()
        .renew(login);
  }
}

package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.policy.Policy;
import coffer.policy.PolicyStore;
import coffer.policy.StoredPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/policies/acl`, and `sys/policy` as it was called at first.
public final class PolicyRoutes {
  private static final int MAX_TEXT = 1024 * 1024;

  private static final Param<String> NAME = Param.path("name", "The name of the policy.");
  private static final Param<String> POLICY =
      Param.string("policy", "The rules, in HCL or JSON, maybe in base64.");
  private static final Param<Boolean> WILDCARDS =
      Param.flag(
          "allow_wildcards_in_identity_templates",
          "Whether what is filled into templates may have + and *.");
  private static final Param<Boolean> SLASHES =
      Param.flag(
          "allow_slashes_in_identity_templates",
          "Whether what is filled into templates may have /.");
  private static final Param<String> RULES = Param.string("rules", "The early name of policy.");

  private final PolicyStore policies;

  public PolicyRoutes(PolicyStore policies) {
    this.policies = policies;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(LIST, "policies/acl", "List the policies.", this::list),
        Route.of(READ, "policies/acl/{name+}", "Read a policy.", this::read, NAME),
        Route.of(
            UPDATE,
            "policies/acl/{name+}",
            "Write a policy.",
            this::write,
            NAME,
            POLICY,
            WILDCARDS,
            SLASHES),
        Route.of(DELETE, "policies/acl/{name+}", "Delete a policy.", this::delete, NAME),
        Route.of(LIST, "policy", "List the policies.", this::listEarly),
        Route.of(READ, "policy", "List the policies.", this::listEarly),
        Route.of(READ, "policy/{name+}", "Read a policy.", this::readEarly, NAME),
        Route.of(
            UPDATE,
            "policy/{name+}",
            "Write a policy.",
            this::writeEarly,
            NAME,
            POLICY,
            RULES,
            WILDCARDS,
            SLASHES),
        Route.of(DELETE, "policy/{name+}", "Delete a policy.", this::delete, NAME));
  }

  private Reply list(Call call) {
    return new Reply.Keys(policies.names());
  }

  private Reply listEarly(Call call) {
    List<String> names = policies.names();
    return new Reply.Data(Map.of("keys", names, "policies", names));
  }

  private static String name(Call call) {
    String name = Policy.normalName(call.get(NAME));
    if (name.isEmpty()) {
      throw Refusal.unsupported();
    }
    return name;
  }

  private Reply read(Call call) {
    return read(call, "policy");
  }

  private Reply readEarly(Call call) {
    return read(call, "rules");
  }

  private Reply read(Call call, String text) {
    StoredPolicy policy = policies.stored(name(call)).orElseThrow(Refusal::absent);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("allow_slashes_in_identity_templates", policy.filling().slashes());
    data.put("allow_wildcards_in_identity_templates", policy.filling().wildcards());
    data.put("cas_required", false);
    if (policy.version() > 0) {
      data.put("modified", policy.modified());
    }
    data.put("name", policy.name());
    data.put(text, policy.text());
    data.put("version", policy.version());
    return new Reply.Data(data);
  }

  private Reply write(Call call) {
    return write(call, call.get(POLICY));
  }

  private Reply writeEarly(Call call) {
    if (call.has(RULES) && !call.has(POLICY)) {
      call.warn("'rules' is deprecated, please use 'policy' instead");
      return write(call, call.get(RULES));
    }
    return write(call, call.get(POLICY));
  }

  private Reply write(Call call, String given) {
    String name = name(call);
    if (name.equals(Policy.ROOT) || name.equals(Policy.RESPONSE_WRAPPING)) {
      throw Refusal.bad("cannot update \"" + name + "\" policy");
    }
    if (given.isEmpty()) {
      throw Refusal.bad("'policy' parameter not supplied or empty");
    }
    String text = plain(given);
    if (text.length() > MAX_TEXT) {
      throw Refusal.bad("the policy is longer than " + MAX_TEXT + " characters");
    }
    Policy.parse(name, text);
    call.lock("policy");
    policies.put(
        Work.of(call), name, text, new Policy.Filling(call.get(WILDCARDS), call.get(SLASHES)));
    return Reply.DONE;
  }

  /// Base64 is taken for what it stands for; everything else as it is.
  private static String plain(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private Reply delete(Call call) {
    String name = name(call);
    switch (name) {
      case Policy.DEFAULT -> throw Refusal.bad("cannot delete default policy");
      case Policy.ROOT, Policy.RESPONSE_WRAPPING ->
          throw Refusal.bad("cannot delete \"" + name + "\" policy");
      default -> policies.delete(Work.of(call), name);
    }
    return Reply.DONE;
  }
}

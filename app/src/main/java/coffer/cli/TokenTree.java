package coffer.cli;

import coffer.cli.Command.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `token tree`: who made whom, drawn with lines.
final class TokenTree {
  private static final String DOING = "Error reading the tree of tokens";

  private static final Flag<Integer> DEPTH =
      Flag.number("depth", "How many generations to show.").or(10);
  private static final Flag<String> POLICY =
      Flag.text("policy", "Only tokens with this policy, without their trees.");
  private static final Flag<String> ENTITY =
      Flag.text("entity-id", "Only tokens of this entity, without their trees.");
  private static final Flag<String> DISPLAY_NAME =
      Flag.text("display-name", "Only tokens whose display name begins so.");
  private static final Flag<String> PATH =
      Flag.text("path", "Only tokens made at paths that begin so, like \"auth/userpass/\".");
  private static final Flag<Boolean> ORPHANS =
      Flag.truth("orphans", "Only tokens without a parent, without their trees.");
  private static final Flag<Duration> OLDER_THAN =
      Flag.duration("older-than", "Only tokens made longer ago.");
  private static final Flag<Duration> TTL_BELOW =
      Flag.duration("ttl-below", "Only tokens that end sooner.");

  private TokenTree() {}

  static Command command() {
    return Command.of("token tree", "Show who made whom", Shape.FORMAT, TokenTree::run)
        .usage("[options] [ACCESSOR]")
        .help(
            """
            Shows the tokens there are as trees: each below its maker, with its policies, how long it
            lasts and what is lent to it. Revoking one revokes all that hangs on it. Needs sudo.

                $ %s token tree

            All that a token would take with it:

                $ %s token tree 9793c9b3-e04a-46f3-e7b8-748d7da248da

            The tokens that a login method has given out and that end within an hour:

                $ %s token tree -path=auth/userpass/ -ttl-below=1h
            """)
        .flags(DEPTH, POLICY, ENTITY, DISPLAY_NAME, PATH, ORPHANS, OLDER_THAN, TTL_BELOW);
  }

  private static int run(Invocation call) {
    call.expect(0, 1, "0-1");
    Query query = query(call);
    List<@Nullable Object> all = new ArrayList<>();
    String after = "";
    do {
      Secret page = call.client().read("sys/tokens/tree", after(query, after), DOING);
      Map<String, @Nullable Object> data = page == null ? Tree.body() : page.data();
      List<@Nullable Object> tokens = Tree.list(data == null ? null : data.get("tokens"));
      if (tokens != null && call.output().isTable()) {
        draw(call, tokens, "", false);
      } else if (tokens != null) {
        all.addAll(tokens);
      }
      after = Tree.text(data, "next");
    } while (!after.isEmpty());
    return call.output().isTable() ? 0 : call.output().data(all);
  }

  /// Prints what would die with a token.
  ///
  /// @param kind how it is named: `token` or `accessor`
  static int cascade(Invocation call, String kind, String token) {
    Map<String, @Nullable Object> found =
        call.client()
            .data(
                "POST",
                "sys/tokens/cascade",
                Tree.body(kind, token),
                "Error counting what would die with the token");
    String atLeast = Tree.truth(found, "complete") ? "" : "at least ";
    call.console()
        .line(
            "Would revoke "
                + atLeast
                + Tree.number(found, "tokens")
                + " tokens, this one included"
                + ", and "
                + atLeast
                + Tree.number(found, "lease_count")
                + " leases");
    Map<String, @Nullable Object> leases = Tree.object(found, "leases");
    if (leases != null) {
      leases.forEach((mount, count) -> call.console().line("    " + mount + "  " + count));
    }
    return 0;
  }

  private static Query after(Query query, String after) {
    return after.isEmpty() ? query : query.and("after", after);
  }

  private static Query query(Invocation call) {
    Query query = Query.of("depth", Integer.toString(call.get(DEPTH)));
    if (!call.arguments().isEmpty()) {
      query = query.and("accessor", call.argument(0));
    }
    query = with(query, "policy", call.get(POLICY));
    query = with(query, "entity_id", call.get(ENTITY));
    query = with(query, "display_name", call.get(DISPLAY_NAME));
    query = with(query, "path", call.get(PATH));
    query = with(query, "orphan", call.get(ORPHANS) ? "true" : "");
    query = with(query, "older_than", seconds(call.get(OLDER_THAN)));
    return with(query, "ttl_below", seconds(call.get(TTL_BELOW)));
  }

  private static Query with(Query query, String name, String value) {
    return value.isEmpty() ? query : query.and(name, value);
  }

  private static String seconds(Duration duration) {
    return duration.isZero() ? "" : Long.toString(duration.toSeconds());
  }

  /// @param indent what stands before each line
  /// @param hanging whether the tokens hang on another one
  private static void draw(
      Invocation call, List<@Nullable Object> tokens, String indent, boolean hanging) {
    for (int i = 0; i < tokens.size(); i++) {
      boolean last = i == tokens.size() - 1;
      Map<String, @Nullable Object> token = Tree.object(tokens.get(i));
      call.console().line(indent + (hanging ? last ? "└── " : "├── " : "") + line(token));
      String below = indent + (hanging ? last ? "    " : "│   " : "");
      List<@Nullable Object> children = Tree.list(token == null ? null : token.get("children"));
      if (children != null) {
        draw(call, children, below, true);
      }
      long hidden = Tree.number(token, "child_count") - (children == null ? 0 : children.size());
      if (hidden > 0) {
        call.console().line(below + "└── … " + hidden + " more");
      }
    }
  }

  private static String line(@Nullable Map<String, @Nullable Object> token) {
    StringBuilder out = new StringBuilder(Tree.text(token, "display_name"));
    out.append("  ").append(Tree.text(token, "accessor")).append("  ");
    out.append(Tree.texts(token == null ? null : token.get("policies")));
    long ttl = Tree.number(token, "ttl");
    boolean ends = !Tree.text(token, "expire_time").isEmpty();
    out.append("  ").append(ends ? Go.human(ttl) : "no end");
    Map<String, @Nullable Object> leases = Tree.object(token, "leases");
    if (leases != null) {
      leases.forEach((mount, count) -> out.append("  ").append(mount).append(" × ").append(count));
    }
    return out.toString();
  }
}

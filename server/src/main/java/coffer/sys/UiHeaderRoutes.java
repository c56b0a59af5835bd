package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.json.Fields;
import coffer.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// `sys/config/ui/headers`: headers for the answers of the user interface.
public final class UiHeaderRoutes {
  private static final String PREFIX = "core/ui-header/";
  private static final String PATH = "config/ui/headers/{header}";
  private static final int MAX_HEADERS = 1_000;
  private static final Pattern NAME = Pattern.compile("\\w(([\\w-.]+)?\\w)?");

  private static final Param<String> HEADER = Param.path("header", "The name of the header.");
  private static final Param<List<String>> VALUES =
      Param.strings("values", "Its values, each for a line of its own.");
  private static final Param<Boolean> MULTIVALUE =
      Param.flag("multivalue", "Show all values, and not the first one alone.");

  public List<Route> routes() {
    return List.of(
        Route.of(LIST, "config/ui/headers", "List the headers.", this::list).sudo(),
        Route.of(READ, PATH, "Show a header.", this::read, HEADER, MULTIVALUE).sudo(),
        Route.of(UPDATE, PATH, "Set a header.", this::write, HEADER, VALUES, MULTIVALUE).sudo(),
        Route.of(DELETE, PATH, "Remove a header.", this::delete, HEADER).sudo());
  }

  private Reply list(Call call) {
    return new Reply.Keys(Work.of(call).names(PREFIX, "", MAX_HEADERS));
  }

  private Reply read(Call call) {
    byte[] stored = Work.of(call).get(PREFIX + name(call));
    List<String> values =
        stored == null ? List.of() : new Fields(Json.object(stored)).texts("values");
    if (values.isEmpty()) {
      throw Refusal.absent();
    }
    return new Reply.Data(
        call.get(MULTIVALUE) ? Map.of("values", values) : Map.of("value", values.getFirst()));
  }

  private Reply write(Call call) {
    String name = name(call);
    List<String> values = call.get(VALUES);
    if (values.isEmpty()) {
      throw Refusal.bad("header and values must be specified");
    }
    if (name.startsWith("X-Vault-")) {
      throw Refusal.bad("X-Vault headers cannot be set");
    }
    Transaction transaction = Work.of(call);
    if (transaction.names(PREFIX, "", MAX_HEADERS).size() >= MAX_HEADERS) {
      throw Refusal.bad("too many headers");
    }
    transaction.put(PREFIX + name, Json.bytes(Map.of("values", values)));
    return Reply.DONE;
  }

  private Reply delete(Call call) {
    Work.of(call).delete(PREFIX + name(call));
    return Reply.DONE;
  }

  /// As headers are spelled: `X-Mine` for `x-mine`.
  private static String name(Call call) {
    String given = call.get(HEADER);
    if (!NAME.matcher(given).matches()) {
      throw new Refusal(Refusal.Why.ABSENT, Refusal.listed("unsupported path"));
    }
    var out = new StringBuilder();
    boolean up = true;
    for (char c : given.toLowerCase(Locale.ROOT).toCharArray()) {
      out.append(up ? Character.toUpperCase(c) : c);
      up = c == '-';
    }
    return out.toString();
  }
}

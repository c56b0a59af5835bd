package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/host-info`: the machine that the server runs on.
public final class HostRoutes {
  private final HostFigures figures;

  /// @param hostname empty where nobody said
  public HostRoutes(String hostname) {
    this.figures = new HostFigures(Path.of("/"), hostname);
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "host-info", "Look at the machine that the server runs on.", this::look));
  }

  @FunctionalInterface
  private interface Source {
    Object look() throws IOException;
  }

  private Reply look(Call call) {
    Map<String, Object> data = new LinkedHashMap<>();
    put(call, data, "cpu", figures::processors);
    put(call, data, "cpu_times", figures::processorTimes);
    put(call, data, "disk", figures::disks);
    put(call, data, "host", () -> figures.host(call.now()));
    put(call, data, "memory", figures::memory);
    data.put("timestamp", call.now());
    return new Reply.Data(data);
  }

  /// What a machine doesn't tell is left out, with a warning.
  private static void put(Call call, Map<String, Object> data, String name, Source source) {
    try {
      data.put(name, source.look());
    } catch (IOException | RuntimeException e) {
      call.warn("Unable to collect " + name + " information: " + e.getMessage());
    }
  }
}

package coffer.sys;

import coffer.engine.Engine;
import coffer.engine.Route;
import java.util.List;

/// All topics of `sys/` in one engine.
///
/// @param routes of every topic
public record SystemEngine(List<Route> routes) implements Engine {}

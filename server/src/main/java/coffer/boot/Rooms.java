package coffer.boot;

import coffer.audit.AuditBroker;
import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.config.AuditConfig;
import coffer.config.LogConfig.Level;
import coffer.config.ServerConfig;
import coffer.config.TelemetryConfig;
import coffer.cubbyhole.Cubbyhole;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.EngineType.Family;
import coffer.engine.Route;
import coffer.engine.Version;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.identity.IdentityEngine;
import coffer.identity.IdentityStore;
import coffer.identity.Powers;
import coffer.lease.Leases;
import coffer.lease.Reaper;
import coffer.lease.TokenRenewal;
import coffer.mount.MountConfig;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.pipeline.InFlight;
import coffer.pipeline.Pipeline;
import coffer.policy.PolicyStore;
import coffer.quota.Quotas;
import coffer.seal.Cluster;
import coffer.seal.Life;
import coffer.seal.Seal;
import coffer.storage.Storage;
import coffer.sys.AuditRoutes;
import coffer.sys.CapabilityRoutes;
import coffer.sys.CascadeRoutes;
import coffer.sys.CatalogRoutes;
import coffer.sys.ConfigurationRoutes;
import coffer.sys.CorsRoutes;
import coffer.sys.CounterRoutes;
import coffer.sys.CrossOrigins;
import coffer.sys.EditionRoutes;
import coffer.sys.HostRoutes;
import coffer.sys.InFlightRoutes;
import coffer.sys.InternalRoutes;
import coffer.sys.LeaseRoutes;
import coffer.sys.LoggerRoutes;
import coffer.sys.MetricsRoutes;
import coffer.sys.MountRoutes;
import coffer.sys.Node;
import coffer.sys.OpenApiRoutes;
import coffer.sys.PolicyRoutes;
import coffer.sys.QuotaRoutes;
import coffer.sys.RawRoutes;
import coffer.sys.RemountRoutes;
import coffer.sys.RouterRoutes;
import coffer.sys.SealRoutes;
import coffer.sys.SystemEngine;
import coffer.sys.TokenTreeRoutes;
import coffer.sys.ToolRoutes;
import coffer.sys.UiHeaderRoutes;
import coffer.sys.VersionRoutes;
import coffer.sys.Versions;
import coffer.sys.WrappingRoutes;
import coffer.telemetry.Label;
import coffer.telemetry.Logs;
import coffer.telemetry.Metrics;
import coffer.token.TokenEngine;
import coffer.token.TokenMaker;
import coffer.token.TokenStore;
import coffer.wrapping.Wrapping;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Everything of a server between its storage and its doors, put together from the bottom up.
public final class Rooms {
  /// What a server is told from outside.
  ///
  /// @param engines all that can be mounted, but for what belongs to the server itself
  /// @param node what the server says of itself
  /// @param rootToken the id that the first root token is to have; empty for a random one
  public record Given(
      Storage storage,
      ServerConfig config,
      List<EngineType> engines,
      InstantSource time,
      SecureRandom random,
      Logs logs,
      Node node,
      String rootToken) {
    /// Not the token.
    @Override
    public String toString() {
      return "Given[" + node + "]";
    }
  }

  private final Given given;
  private final Metrics metrics;
  private final InFlight inFlight = new InFlight();
  private final CrossOrigins crossOrigins = new CrossOrigins();
  private final Barrier barrier;
  private final TokenStore tokens;
  private final TokenMaker maker;
  private final PolicyStore policies;
  private final IdentityStore identities;
  private final Powers powers;
  private final MountTable mounts;
  private final Quotas quotas;
  private final Leases leases;
  private final AuditBroker audit;
  private final Versions versions;
  private final Wrapping wrapping;
  private final Seal seal;
  private final Pipeline pipeline;
  private final AtomicReference<String> wantedRoot;

  public Rooms(Given given) {
    this.given = given;
    ServerConfig config = given.config;
    InstantSource time = given.time;
    wantedRoot = new AtomicReference<>(given.rootToken);
    Consumer<String> log = given.logs.of("core")::warn;
    metrics = new Metrics(config.telemetry().orElse(TelemetryConfig.DEFAULT), time);
    barrier = new Barrier(given.storage, given.random, time, metrics);
    versions = new Versions(barrier, time);
    tokens = new TokenStore(barrier, given.random, time);
    maker = new TokenMaker(tokens, time);
    policies = new PolicyStore(barrier, time, metrics);
    mounts =
        new MountTable(
            barrier,
            given.random,
            engineTypes(),
            new MountTable.Ttls(config.defaultLeaseTtl(), config.maxLeaseTtl()));
    quotas = new Quotas(barrier, time);
    identities = new IdentityStore(barrier, mounts, given.random, time);
    powers = new Powers(identities, policies);
    leases =
        new Leases(
            barrier,
            tokens,
            mounts,
            this::cubbyhole,
            tokens::randomId,
            time,
            given.random,
            metrics,
            log);
    audit = new AuditBroker(time, given.random, AuditBroker.Settings.of(config.general()), log);
    wrapping = new Wrapping(barrier, tokens, maker, this::cubbyhole);
    seal = new Seal(barrier, new Living(), given.random);
    pipeline =
        new Pipeline(
            new Pipeline.Rooms(
                seal::isSealed,
                barrier,
                mounts,
                quotas,
                tokens,
                identities,
                powers,
                audit,
                wrapping,
                maker,
                new TokenRenewal(tokens, mounts, time),
                leases,
                inFlight,
                metrics,
                time));
    mounts.serveSealed();
    metrics.cluster(this::cluster);
    metrics.gauge("core.in_flight_requests", inFlight::count, Label.CLUSTER);
    Gauges.show(metrics, mounts, seal::isSealed);
  }

  /// What can be mounted, and after it what every server has.
  private List<EngineType> engineTypes() {
    var types = new ArrayList<>(given.engines);
    types.add(own(Family.SECRET, MountTable.SYSTEM, "What runs the server itself.", this::system));
    types.add(
        own(
            Family.SECRET,
            MountTable.CUBBYHOLE,
            "A store of its own for each token, which is gone with it.",
            Cubbyhole::new));
    types.add(
        own(
            Family.SECRET,
            MountTable.IDENTITY,
            "Who is behind the tokens: entities, their aliases at login methods, and groups.",
            this::identity));
    types.add(
        own(
            Family.AUTH,
            MountTable.TOKEN,
            "Tokens: making, looking at, renewing and revoking them.",
            this::tokenEngine));
    return types;
  }

  private static EngineType own(
      Family family, String name, String summary, Supplier<Engine> engine) {
    return new EngineType(name, family, summary, mount -> engine.get());
  }

  private Engine tokenEngine() {
    return new TokenEngine(
        tokens,
        policies::exists,
        given.time,
        leases.tidy()::start,
        entity -> identities.standing(entity).policies());
  }

  private Engine identity() {
    return IdentityEngine.of(identities, List.of());
  }

  private Engine system() {
    var routes = new ArrayList<Route>();
    routes.addAll(new SealRoutes(seal, barrier, given.node).routes());
    routes.addAll(new MountRoutes(Family.SECRET, mounts, leases).routes());
    routes.addAll(new MountRoutes(Family.AUTH, mounts, leases).routes());
    routes.addAll(new RemountRoutes(mounts, leases).routes());
    routes.addAll(new PolicyRoutes(policies).routes());
    routes.addAll(new CapabilityRoutes(tokens, powers).routes());
    routes.addAll(new LeaseRoutes(leases).routes());
    routes.addAll(new QuotaRoutes(quotas, mounts).routes());
    routes.addAll(new CascadeRoutes(tokens, leases).routes());
    routes.addAll(new TokenTreeRoutes(tokens, leases).routes());
    routes.addAll(new WrappingRoutes(wrapping).routes());
    routes.addAll(
        new AuditRoutes(audit, given.config.general().auditByApi().orElse(true)).routes());
    routes.addAll(new InternalRoutes(mounts, tokens, powers).routes());
    routes.addAll(new OpenApiRoutes(mounts, tokens, powers).routes());
    routes.addAll(new ToolRoutes(given.random).routes());
    routes.addAll(new CorsRoutes(crossOrigins).routes());
    routes.addAll(new UiHeaderRoutes().routes());
    routes.addAll(new CatalogRoutes(mounts).routes());
    routes.addAll(about());
    return new SystemEngine(routes);
  }

  /// What the server says of itself.
  private List<Route> about() {
    ServerConfig config = given.config;
    var routes = new ArrayList<Route>();
    routes.addAll(new MetricsRoutes(metrics).routes());
    routes.addAll(new InFlightRoutes(inFlight).routes());
    routes.addAll(new LoggerRoutes(given.logs, config.log().level().orElse(Level.INFO)).routes());
    routes.addAll(new HostRoutes(given.node.hostname()).routes());
    routes.addAll(new VersionRoutes(versions).routes());
    routes.addAll(new ConfigurationRoutes(config).routes());
    routes.addAll(new CounterRoutes(tokens).routes());
    routes.addAll(new EditionRoutes(seal).routes());
    if (config.general().rawStorageEndpoint()) {
      routes.addAll(new RawRoutes().routes());
    }
    if (config.general().introspectionEndpoint()) {
      routes.addAll(new RouterRoutes(mounts).routes());
    }
    return routes;
  }

  /// Where the private stores of tokens begin.
  private String cubbyhole() {
    return mounts.only(MountTable.CUBBYHOLE).prefix();
  }

  /// The name of the cluster; empty while sealed.
  private String cluster() {
    Cluster cluster = seal.status().cluster();
    return cluster == null ? "" : cluster.name();
  }

  /// Answers a request.
  public Answer handle(Request request) {
    return pipeline.handle(request);
  }

  /// What goes on while the server is unsealed.
  private final class Living implements Life {
    @Override
    public void open() {
      long start = System.nanoTime();
      tokens.open();
      policies.open();
      mounts.open();
      quotas.open();
      crossOrigins.open(barrier);
      versions.note(Version.COMPATIBLE, given.node.built());
      var transaction = new Transaction(barrier);
      audit.load(transaction);
      audit.declare(transaction, given.config.audits());
      transaction.commit();
      leases.reaper().start();
      metrics.timer("core.post_unseal").since(start);
    }

    @Override
    public void close() {
      long start = System.nanoTime();
      leases.reaper().stop();
      audit.close();
      mounts.serveSealed();
      quotas.close();
      policies.close();
      tokens.close();
      metrics.timer("core.pre_seal").since(start);
    }

    @Override
    public String newRootToken() {
      metrics.counter("token.create_root").increment();
      var transaction = new Transaction(barrier);
      TokenMaker.Made made = maker.makeRoot(transaction, wantedRoot.getAndSet(""));
      transaction.commit();
      return made.id();
    }
  }

  /// Mounts version 2 of the key/value engine at `secret/`.
  public void mountSecret() {
    var transaction = new Transaction(barrier);
    mounts.put(
        transaction,
        new MountEntry(
            Family.SECRET,
            "secret/",
            "kv",
            mounts.newUuid(),
            mounts.accessor("kv"),
            "key/value secret storage",
            Map.of("version", "2"),
            MountConfig.NONE,
            false,
            false,
            false));
    transaction.commit();
  }

  /// Brings the audit devices in line with a configuration that was read again.
  public void declareAudit(List<AuditConfig> declared) {
    if (!seal.isSealed()) {
      var transaction = new Transaction(barrier);
      audit.declare(transaction, declared);
      transaction.commit();
    }
  }

  /// Makes the audit devices begin new files.
  public void reopenAudit() {
    audit.reopen();
  }

  /// What is mounted.
  public Collection<Mounted> mounts() {
    return mounts.all();
  }

  /// Tells who may call from pages of other origins, now and whenever it changes.
  public void onCrossOrigins(Consumer<CrossOrigins.Rules> told) {
    crossOrigins.onChange(told);
  }

  /// What is measured.
  public Metrics metrics() {
    return metrics;
  }

  public Seal seal() {
    return seal;
  }

  /// What goes on behind the requests.
  public Reaper reaper() {
    return leases.reaper();
  }

  /// Seals, if it isn't sealed: nothing is written any more.
  public void shutDown() {
    if (!seal.isSealed()) {
      seal.seal();
    }
  }
}

package coffer.boot;

import coffer.audit.AuditBroker;
import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.config.ServerConfig;
import coffer.cubbyhole.Cubbyhole;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.EngineType.Family;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.lease.Leases;
import coffer.lease.TokenRenewal;
import coffer.mount.MountTable;
import coffer.pipeline.Pipeline;
import coffer.policy.PolicyStore;
import coffer.storage.Storage;
import coffer.sys.AuditRoutes;
import coffer.sys.CapabilityRoutes;
import coffer.sys.InternalRoutes;
import coffer.sys.LeaseRoutes;
import coffer.sys.MountRoutes;
import coffer.sys.PolicyRoutes;
import coffer.sys.RemountRoutes;
import coffer.sys.SystemEngine;
import coffer.sys.ToolRoutes;
import coffer.sys.WrappingRoutes;
import coffer.token.TokenEngine;
import coffer.token.TokenMaker;
import coffer.token.TokenStore;
import coffer.wrapping.Wrapping;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Everything of a server between its storage and its doors, put together from the bottom up.
public final class Rooms {
  /// What a server is told from outside.
  ///
  /// @param engines all that can be mounted, but for what belongs to the server itself
  /// @param log takes what an operator should know
  public record Given(
      Storage storage,
      ServerConfig config,
      List<EngineType> engines,
      InstantSource time,
      SecureRandom random,
      Consumer<String> log) {}

  private final Given given;
  private final Barrier barrier;
  private final TokenStore tokens;
  private final TokenMaker maker;
  private final PolicyStore policies;
  private final MountTable mounts;
  private final Leases leases;
  private final AuditBroker audit;
  private final Wrapping wrapping;
  private final Pipeline pipeline;

  public Rooms(Given given) {
    this.given = given;
    ServerConfig config = given.config;
    InstantSource time = given.time;
    barrier = new Barrier(given.storage, given.random, time);
    tokens = new TokenStore(barrier, given.random, time);
    maker = new TokenMaker(tokens, time);
    policies = new PolicyStore(barrier, time);
    mounts =
        new MountTable(
            barrier,
            given.random,
            engineTypes(),
            new MountTable.Ttls(config.defaultLeaseTtl(), config.maxLeaseTtl()));
    leases =
        new Leases(
            barrier, tokens, mounts, this::cubbyhole, tokens::randomId, time, given.random, given.log);
    audit = new AuditBroker(time, given.random, AuditBroker.Settings.STANDARD, given.log);
    wrapping = new Wrapping(barrier, tokens, maker, this::cubbyhole);
    pipeline =
        new Pipeline(
            new Pipeline.Rooms(
                barrier::isSealed,
                barrier,
                mounts,
                tokens,
                policies,
                audit,
                wrapping,
                maker,
                new TokenRenewal(tokens, mounts, time),
                leases,
                time));
    mounts.serveSealed();
  }

  /// What can be mounted, and after it what every server has.
  private List<EngineType> engineTypes() {
    var types = new ArrayList<>(given.engines);
    types.add(own(Family.SECRET, MountTable.SYSTEM, this::system));
    types.add(own(Family.SECRET, MountTable.CUBBYHOLE, Cubbyhole::new));
    types.add(own(Family.AUTH, MountTable.TOKEN, this::tokenEngine));
    return types;
  }

  private static EngineType own(
      Family family, String name, java.util.function.Supplier<Engine> engine) {
    return new EngineType(name, family, "part of the server", mount -> engine.get());
  }

  private Engine tokenEngine() {
    return new TokenEngine(tokens, policies::exists, given.time, leases.tidy()::start);
  }

  private Engine system() {
    var routes = new ArrayList<Route>();
    routes.addAll(new MountRoutes(Family.SECRET, mounts, leases).routes());
    routes.addAll(new MountRoutes(Family.AUTH, mounts, leases).routes());
    routes.addAll(new RemountRoutes(mounts, leases).routes());
    routes.addAll(new PolicyRoutes(policies).routes());
    routes.addAll(new CapabilityRoutes(tokens, policies).routes());
    routes.addAll(new LeaseRoutes(leases).routes());
    routes.addAll(new WrappingRoutes(wrapping).routes());
    routes.addAll(
        new AuditRoutes(audit, given.config.general().auditByApi().orElse(true)).routes());
    routes.addAll(new InternalRoutes(mounts, tokens, policies).routes());
    routes.addAll(new ToolRoutes(given.random).routes());
    return new SystemEngine(routes);
  }

  /// Where the private stores of tokens begin.
  private String cubbyhole() {
    return mounts.only(MountTable.CUBBYHOLE).prefix();
  }

  /// Answers a request.
  public Answer handle(Request request) {
    return pipeline.handle(request);
  }

  /// Gets ready after unsealing.
  public void open() {
    tokens.open();
    policies.open();
    mounts.open();
    var transaction = new Transaction(barrier);
    audit.load(transaction);
    audit.declare(transaction, given.config.audits());
    transaction.commit();
    leases.reaper().start();
  }

  /// Ends everything before sealing.
  public void close() {
    leases.reaper().stop();
    audit.close();
    mounts.serveSealed();
    policies.close();
    tokens.close();
  }

  /// Makes a root token.
  ///
  /// @param id the id it is to have; empty for a random one
  public String newRootToken(String id) {
    var transaction = new Transaction(barrier);
    TokenMaker.Made made = maker.makeRoot(transaction, id);
    transaction.commit();
    return made.id();
  }

  public Barrier barrier() {
    return barrier;
  }

  public Leases leases() {
    return leases;
  }

  public AuditBroker audit() {
    return audit;
  }
}

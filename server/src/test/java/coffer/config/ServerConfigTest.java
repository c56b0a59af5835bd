package coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  private static final String FULL =
      """
      listener "tcp" {
        address         = "127.0.0.1:8300"
        tls_cert_file   = "tls/cert.pem"
        tls_key_file    = "/tls/key.pem"
        tls_client_ca_file = "ca.pem"
        tls_require_and_verify_client_cert = "true"
        tls_min_version = "tls13"
        tls_cipher_suites = "TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305"
        proxy_protocol_behavior = "deny_unauthorized"
        proxy_protocol_authorized_addrs = ["10.0.0.0/8", "::1"]
        x_forwarded_for_authorized_addrs = "192.168.0.1, 192.168.1.0/24"
        x_forwarded_for_hop_skips = "2"
        x_forwarded_for_reject_not_present = false
        max_request_size = 1024
        max_request_duration = "30s"
        http_idle_timeout = 60
        custom_response_headers {
          "default" = { "x-frame-options" = ["deny", "now"] }
          "404" = { "X-A" = ["b"] }
        }
        telemetry { unauthenticated_metrics_access = true }
        inflight_requests_logging { unauthenticated_in_flight_requests_access = 1 }
      }
      listener "unix" {
        address = "run/coffer.sock"
        socket_mode = "0660"
        socket_user = "me"
        socket_group = "1000"
      }
      storage "file" { path = "data", x = 5 }
      api_addr = "https://coffer.example:8200"
      cluster_name = "c"
      default_lease_ttl = "2h"
      max_lease_ttl = 86400
      disable_mlock = true
      ui = true
      log_level = "Debug"
      log_format = "json"
      telemetry { prometheus_retention_time = "30s" disable_hostname = true }
      seal "transit" { address = "https://a" tls_skip_verify = true disabled = "false" }
      audit "file" "main/" { description = "d" options { file_path = "a.log" log_raw = true } }
      user_lockout "userpass" { lockout_threshold = 3 lockout_duration = "10m" }
      raw_storage_endpoint = true
      pid_file = "coffer.pid"
      plugin_directory = "plugins"
      """;

  private static ServerConfig parse(String text) {
    return ServerConfig.parse(text, "c.hcl");
  }

  private static ListenerConfig.Tcp tcp(String settings) {
    String text = "listener \"tcp\" {\n tls_disable = 1\n" + settings + "\n}";
    return (ListenerConfig.Tcp) parse(text).listeners().getFirst();
  }

  @Test
  void everySettingIsReadIntoItsType() {
    ServerConfig config = parse(FULL).check();
    assertThat(config.warnings()).isEmpty();
    GeneralConfig general = config.general();
    assertThat(general.apiAddr()).contains("https://coffer.example:8200");
    assertThat(config.defaultLeaseTtl()).isEqualTo(Duration.ofHours(2));
    assertThat(config.maxLeaseTtl()).isEqualTo(Duration.ofDays(1));
    assertThat(general.ui()).isTrue();
    assertThat(general.rawStorageEndpoint()).isTrue();
    assertThat(general.pidFile()).contains(Path.of("coffer.pid"));
    assertThat(config.log().level()).contains(LogConfig.Level.DEBUG);
    assertThat(config.log().format()).contains(LogConfig.Format.JSON);
    assertThat(config.storage())
        .contains(new StorageConfig("rocksdb", Map.of("path", "data", "x", "5")));
    assertThat(config.telemetry().orElseThrow().prometheusRetention())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(config.seals())
        .containsExactly(
            new SealConfig(
                "transit", false, Map.of("address", "https://a", "tls_skip_verify", "true")));
    assertThat(config.audits())
        .containsExactly(
            new AuditConfig(
                "file", "main/", "d", false, Map.of("file_path", "a.log", "log_raw", "true")));
    assertThat(config.lockouts().getFirst().threshold()).contains(3L);
  }

  @Test
  void aTcpListenerHasItsTlsProxiesAndLimits() {
    var tcp = (ListenerConfig.Tcp) parse(FULL).listeners().getFirst();
    assertThat(tcp.address()).isEqualTo(new HostPort("127.0.0.1", 8300));
    TlsConfig tls = tcp.tls().orElseThrow();
    assertThat(tls.cert()).isEqualTo(Path.of("tls/cert.pem"));
    assertThat(tls.clientCa()).contains(Path.of("ca.pem"));
    assertThat(tls.requireClientCert()).isTrue();
    assertThat(tls.minVersion()).isEqualTo(TlsVersion.TLS13);
    assertThat(tls.cipherSuites())
        .containsExactly("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    assertThat(tcp.proxyProtocol().orElseThrow().behavior())
        .isEqualTo(ProxyProtocol.Behavior.DENY_UNAUTHORIZED);
    assertThat(tcp.proxyProtocol().orElseThrow().authorized()).hasSize(2);
    ForwardedFor forwarded = tcp.forwardedFor().orElseThrow();
    assertThat(forwarded.authorized()).hasToString("[192.168.0.1, 192.168.1.0/24]");
    assertThat(forwarded.hopSkips()).isEqualTo(2);
    assertThat(forwarded.rejectNotPresent()).isFalse();
    assertThat(forwarded.rejectNotAuthorized()).isFalse();
    HttpConfig http = tcp.http();
    assertThat(http.maxRequestSize()).isEqualTo(1024);
    assertThat(http.maxRequestDuration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(http.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(http.metrics().unauthenticated()).isTrue();
    assertThat(http.unauthenticatedInFlight()).isTrue();
    assertThat(http.responseHeaders().get("404")).isEqualTo(Map.of("X-A", "b"));
    assertThat(http.responseHeaders().get("default"))
        .containsEntry("X-Frame-Options", "deny; now")
        .containsKey("Strict-Transport-Security");
  }

  @Test
  void aUnixListenerHasItsSocketFile() {
    var unix = (ListenerConfig.Unix) parse(FULL).listeners().get(1);
    assertThat(unix.address()).isEqualTo(Path.of("run/coffer.sock"));
    assertThat(unix.mode()).contains(0660);
    assertThat(unix.user()).contains("me");
    assertThat(unix.group()).contains("1000");
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    ListenerConfig.Tcp tcp = tcp("");
    assertThat(tcp.address()).hasToString("127.0.0.1:8200");
    assertThat(tcp.tls()).isEmpty();
    assertThat(tcp.proxyProtocol()).isEmpty();
    assertThat(tcp.http().maxRequestSize()).isEqualTo(32 * 1024 * 1024);
    ServerConfig empty = parse("");
    assertThat(empty).isEqualTo(ServerConfig.EMPTY);
    assertThat(empty.defaultLeaseTtl()).isEqualTo(Duration.ofDays(32));
    assertThat(parse("max_lease_ttl = \"1h\"").defaultLeaseTtl()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"backend\":{\"inmem\":{}},\"listener\":{\"tcp\":{\"tls_disable\":1}}}",
        "{\"backend\":[{\"inmem\":{}}],\"listener\":[{\"tcp\":{\"tls_disable\":\"true\"}}]}",
        "{\"storage\":{\"inmem\":[{}]},\"listener\":{\"tcp\":[{\"tls_disable\":true}]}}",
        "{\"Storage\":{\"type\":\"inmem\"},\"Listener\":[{\"type\":\"tcp\",\"tls_disable\":1}]}",
        "backend \"inmem\" {}\n\"listener\" \"tcp\" { \"tls_disable\" = 1 }",
        "backend = { inmem = {} }\nlistener { type = \"tcp\" TLS_Disable = \"1\" }",
      })
  void theSameThingMayBeWrittenInManyWays(String text) {
    ServerConfig config = parse(text).check();
    assertThat(config.storage()).contains(new StorageConfig("inmem", Map.of()));
    assertThat(config.listeners()).containsExactly(tcp(""));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void severalJsonListenersAreAllRead() {
    String text =
        "{\"listener\":{\"tcp\":[{\"tls_disable\":1},{\"tls_disable\":1}],"
            + "\"unix\":{\"address\":\"s\"}}}";
    assertThat(parse(text).listeners()).hasSize(3);
  }

  @Test
  void auditDevicesMayBeWrittenInManyWays() {
    for (String text :
        List.of(
            "audit \"file\" \"a\" { options { file_path = \"x\" } }",
            "audit { type = \"file\" path = \"a\" options = { file_path = \"x\" } }",
            "{\"audit\":{\"file\":{\"a\":{\"options\":{\"file_path\":\"x\"}}}}}",
            "{\"audit\":[{\"type\":\"file\",\"path\":\"a\",\"options\":{\"file_path\":\"x\"}}]}")) {
      assertThat(parse(text).audits())
          .containsExactly(new AuditConfig("file", "a", "", false, Map.of("file_path", "x")));
    }
  }

  @Test
  void anUnknownKeyIsAWarningWithItsPlace() {
    ServerConfig config =
        parse("listener \"tcp\" {\n  tls_disable = 1\n  foo = 1\n}\nbar = 2\nbaz \"x\" {}\n");
    assertThat(config.warnings())
        .containsExactly(
            "unknown or unsupported field foo found in configuration at c.hcl:3:3",
            "unknown or unsupported field bar found in configuration at c.hcl:5:1",
            "unknown or unsupported field baz found in configuration at c.hcl:6:1");
    assertThat(parse("disable_mlock = false").warnings())
        .singleElement()
        .asString()
        .startsWith("disable_mlock is false in c.hcl");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("ui = \"maybe\"", "1:6: ui: expected true or false, got a string"),
        Arguments.of(
            "default_lease_ttl = \"x\"", "1:21: default_lease_ttl: time: invalid duration \"x\""),
        Arguments.of("\nmax_lease_ttl = -5", "2:17: max_lease_ttl: cannot be negative"),
        Arguments.of("max_lease_ttl = []", "1:17: max_lease_ttl: expected a duration, got a list"),
        Arguments.of("api_addr = []", "1:12: api_addr: expected a string, got a list"),
        Arguments.of(
            "api_addr = \"foo\"",
            "1:12: api_addr: \"foo\" is no address such as https://host:8200"),
        Arguments.of("log_level = \"foo\"", "1:13: log_level: unknown log level: foo"),
        Arguments.of("log_format = \"foo\"", "1:14: log_format: unknown log format: foo"),
        Arguments.of("storage \"foo\" {}", "1:9: unknown storage type foo"),
        Arguments.of("storage \"rocksdb\" {}", "1:9: storage \"rocksdb\" needs a path"),
        Arguments.of("storage {}", "1:1: storage needs a type"),
        Arguments.of(
            "storage \"inmem\" {}\nstorage \"inmem\" {}",
            "2:9: only one \"storage\" block is permitted"),
        Arguments.of("telemetry {}\ntelemetry {}", "2:11: only one 'telemetry' block is permitted"),
        Arguments.of("listener \"foo\" {}", "1:10: unsupported listener type \"foo\""),
        Arguments.of("listener {}", "1:1: listener needs a type"),
        Arguments.of("listener \"tcp\" {", "1:17: object expected closing RBRACE got: EOF"),
        Arguments.of(
            "listener \"tcp\" {}",
            "1:10: 'tls_cert_file' and 'tls_key_file' must be set, or 'tls_disable' be true"),
        Arguments.of("listener \"unix\" {}", "1:10: listener \"unix\" needs an address"),
        Arguments.of("user_lockout \"foo\" {}", "1:14: unsupported auth type \"foo\""),
        Arguments.of("audit \"file\" {}", "1:1: audit needs a type and a path"),
        Arguments.of("ui = ", "1:6: Unknown token: EOF"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneSentenceWithItsPlace(String text, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse(text))
        .withMessage("error loading configuration from c.hcl: At " + message);
  }

  static Stream<Arguments> listenerMistakes() {
    return Stream.of(
        Arguments.of(
            "tls_min_version = \"tls9\"",
            "tls_min_version: value \"tls9\" not supported, please specify one of"
                + " [tls10,tls11,tls12,tls13]"),
        Arguments.of("address = \"1.2.3.4\"", "address: missing port in address \"1.2.3.4\""),
        Arguments.of("address = \"a:b\"", "address: invalid port in address \"a:b\""),
        Arguments.of("max_request_size = \"x\"", "max_request_size: not a whole number"),
        Arguments.of("max_request_size = -1", "max_request_size: cannot be negative"),
        Arguments.of("max_request_duration = \"-1s\"", "max_request_duration: cannot be negative"),
        Arguments.of(
            "x_forwarded_for_hop_skips = -1", "x_forwarded_for_hop_skips: cannot be negative"),
        Arguments.of(
            "x_forwarded_for_authorized_addrs = \"foo\"",
            "x_forwarded_for_authorized_addrs: \"foo\" is no IP address or range"),
        Arguments.of(
            "proxy_protocol_behavior = \"foo\"",
            "proxy_protocol_behavior: unknown behavior type \"foo\" for proxy proto config"),
        Arguments.of(
            "proxy_protocol_behavior = \"allow_authorized\"",
            "proxy_protocol_behavior set to allow or deny only authorized addresses but no"
                + " proxy_protocol_authorized_addrs value"),
        Arguments.of(
            "tls_cipher_suites = \"foo\"", "tls_cipher_suites: unsupported cipher \"foo\""),
        Arguments.of(
            "custom_response_headers { \"foo\" = { \"X\" = [\"a\"] } }",
            "invalid status code found in the server configuration: foo"),
        Arguments.of(
            "custom_response_headers { \"200\" = { \"X\" = \"a\" } }",
            "expected a list, got a string"),
        Arguments.of(
            "custom_response_headers { \"200\" = { \"X\" = [\"a\\r\\nb\"] } }",
            "control character in a header"),
        Arguments.of("telemetry = 5", "expected a block, got a number"));
  }

  @ParameterizedTest
  @MethodSource("listenerMistakes")
  void aMistakeInAListenerIsFoundAtTheStart(String settings, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> tcp(settings))
        .withMessageMatching("error loading configuration from c.hcl: At [13]:[0-9]+: .*")
        .withMessageEndingWith(": " + message);
  }

  @Test
  void tlsSettingsMustAgree() {
    String tls = "listener \"tcp\" { tls_cert_file = \"a\" tls_key_file = \"b\" ";
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                parse(
                    tls
                        + "tls_disable_client_certs = true tls_require_and_verify_client_cert = true }"))
        .withMessageContaining("are mutually exclusive");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse(tls + "tls_max_version = \"tls12\" tls_min_version = \"tls13\" }"))
        .withMessageContaining("must be greater than or equal to 'tls_min_version'");
  }

  @Test
  void noServerStartsWithoutStorageOrListener() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse("listener \"tcp\" { tls_disable = 1 }").check())
        .withMessage("a storage backend must be specified");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse("storage \"inmem\" {}").check())
        .withMessage("no listener is configured");
    String ttls = "default_lease_ttl = \"2h\"\nmax_lease_ttl = \"1h\"\n";
    String rest = "storage \"inmem\" {}\nlistener \"tcp\" { tls_disable = 1 }";
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> parse(ttls + rest).check())
        .withMessage("cannot have DefaultLeaseTTL larger than MaxLeaseTTL");
  }

  @Test
  void noSecretIsShownByAccident() {
    String text = "storage \"inmem\" { password = \"hush\" }\nseal \"x\" { token = \"hush\" }";
    assertThat(parse(text).toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noTextMakesTheReaderThrowAnythingElse(long seed) {
    var random = new Random(seed);
    String alphabet = "{}[]\"=,-1a \n";
    for (int round = 0; round < 1_500; round++) {
      var text = new StringBuilder(FULL);
      for (int i = 0; i < 3; i++) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(parse(text.toString())).isNotNull();
      } catch (ConfigException e) {
        assertThat(e).hasMessageStartingWith("error loading configuration from c.hcl: At ");
      }
    }
  }
}

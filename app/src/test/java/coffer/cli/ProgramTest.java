package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.cli.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  private static final String LOOKUP =
      """
      {"request_id":"r","lease_id":"","renewable":false,"lease_duration":0,"data":{"accessor":"acc",
      "creation_ttl":0,"explicit_max_ttl":0,"id":"s.x","meta":null,"num_uses":0,"orphan":true,
      "policies":["default","web"],"ttl":5400,"unknown":""},"wrap_info":null,"warnings":null,
      "auth":null}\
      """;
  private static final String CREATED =
      """
      {"request_id":"r","lease_id":"","renewable":false,"lease_duration":0,"data":null,
      "wrap_info":null,"warnings":["w1"],"auth":{"client_token":"s.new","accessor":"acc","policies":
      ["default"],"token_policies":["default"],"metadata":{"team":"payments"},"lease_duration":3600,
      "renewable":true,"entity_id":"","token_type":"service","orphan":false,"num_uses":0}}\
      """;

  @TempDir Path home;
  private final RecordedServer server = RecordedServer.onTcp();

  @AfterEach
  void stop() {
    server.close();
  }

  private Cli cli() {
    return new Cli(server.address(), home).with("VAULT_TOKEN", "root");
  }

  private String asked() {
    return server.asked().get(server.asked().size() - 1);
  }

  @Test
  void aTokenIsShownAsATable() {
    server.on("GET /v1/auth/token/lookup-self", 200, LOOKUP);
    Run run = cli().run("token", "lookup");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            Key                 Value
            ---                 -----
            accessor            acc
            creation_ttl        0s
            explicit_max_ttl    0s
            id                  s.x
            meta                <nil>
            num_uses            0
            orphan              true
            policies            [default web]
            ttl                 1h30m
            unknown             n/a
            """);
  }

  @Test
  void aTokenIsMadeFromItsFlagsAndWarningsGoToStandardError() {
    server.on("POST /v1/auth/token/create", 200, CREATED);
    Run run =
        cli()
            .run(
                "token",
                "create",
                "-policy=default",
                "-ttl",
                "1h",
                "-metadata=team=payments",
                "-orphan",
                "-use-limit=3");
    assertThat(run.out())
        .isEqualTo(
            """
            Key                  Value
            ---                  -----
            token                s.new
            token_accessor       acc
            token_duration       1h
            token_renewable      true
            token_policies       ["default"]
            identity_policies    []
            policies             ["default"]
            token_meta_team      payments
            """);
    assertThat(run.err())
        .isEqualTo("WARNING! The following warnings were returned from the server:\n\n  * w1\n\n");
    assertThat(asked())
        .isEqualTo(
            "POST /v1/auth/token/create {\"explicit_max_ttl\":\"0s\",\"meta\":{\"team\":\"payments\"},"
                + "\"no_parent\":true,\"num_uses\":3,\"period\":\"0s\",\"policies\":[\"default\"],"
                + "\"renewable\":true,\"ttl\":\"1h0m0s\",\"type\":\"service\"}");
  }

  @Test
  void jsonHasTheMembersInTheirUsualOrder() {
    server.on("POST /v1/auth/token/create", 200, CREATED);
    assertThat(cli().run("token", "create", "-format=json").out())
        .isEqualTo(
            """
            {
              "request_id": "r",
              "lease_id": "",
              "lease_duration": 0,
              "renewable": false,
              "data": null,
              "warnings": [
                "w1"
              ],
              "auth": {
                "client_token": "s.new",
                "accessor": "acc",
                "policies": [
                  "default"
                ],
                "token_policies": [
                  "default"
                ],
                "identity_policies": null,
                "metadata": {
                  "team": "payments"
                },
                "orphan": false,
                "entity_id": "",
                "lease_duration": 3600,
                "renewable": true,
                "mfa_requirement": null
              }
            }
            """);
  }

  @Test
  void oneFieldIsPrintedWithoutALineEnd() {
    server.on("POST /v1/auth/token/create", 200, CREATED);
    assertThat(cli().run("token", "create", "-field=token").out()).isEqualTo("s.new");
    Run absent = cli().run("token", "create", "-field=nope");
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).isEqualTo("Field \"nope\" not present in secret\n");
  }

  @Test
  void aRefusalIsPrintedInTheServersWords() {
    server.on("GET /v1/secret/a", 403, "{\"errors\":[\"permission denied\"]}");
    Run run = cli().run("read", "secret/a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "Error reading secret/a: Error making API request.\n\nURL: GET "
                + server.address()
                + "/v1/secret/a\nCode: 403. Errors:\n\n* permission denied\n");
  }

  @Test
  void anAnswerThatIsNoJsonIsPrintedRaw() {
    server.on("GET /v1/secret/a", 400, "Client sent an HTTP request to an HTTPS server.\n");
    assertThat(cli().run("read", "secret/a").err())
        .endsWith("Code: 400. Raw Message:\n\nClient sent an HTTP request to an HTTPS server.\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token lookup a b|1|Too many arguments (expected 0-1, got 2)",
        "token lookup -accessor|1|Not enough arguments with -accessor (expected 1, got 0)",
        "token revoke|1|Not enough arguments (expected 1 or -self, got 0)",
        "token revoke -self x|1|Too many arguments with -self (expected 0, got 1)",
        "token revoke -mode=tree x|1|Invalid mode: tree",
        "token revoke -accessor -mode=path x|1|Cannot use -accessor with -mode=path!",
        "token capabilities|1|Not enough arguments (expected 1-2, got 0)",
        "write secret/a|1|Must supply data or use -force",
        "write secret/a b|1|Failed to parse K=V data: invalid key/value pair \"b\": format must be key=value",
        "kv put secret/a|1|Must supply data",
        "kv get|1|Not enough arguments (expected 1, got 0)",
        "kv destroy secret/a|1|No versions provided, use the \"-versions\" flag to specify the version to destroy.",
        "kv get -format=raw secret/a|1|This command does not support the -format=raw option.",
        "read -format=xml a|1|Invalid output format: xml",
        "lease revoke -force x|1|Specifying -force requires also specifying -prefix",
        "lease lookup|1|Missing ID!",
        "login -no-store -no-print x|1|-no-store and -no-print cannot be used together",
        "operator unseal -non-interactive|1|Refusing to read from stdin with -non-interactive specified; specify unseal",
        "server|1|Must specify at least one config path using -config",
        "read nothing/here|2|No value found at nothing/here",
      })
  void whatIsUsedWronglyIsSaidInAWord(String words, int code, String said) {
    Run run = cli().run(words.split(" ", -1));
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.err()).startsWith(said);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void dataComesFromWordsFilesAndStandardInput() throws IOException {
    Files.writeString(home.resolve("f"), "of the file");
    Files.writeString(home.resolve("j"), "{\"j\":{\"k\":[1,true]}}");
    server.on("PUT /v1/a", 204, "");
    Run run =
        cli()
            .typing("typed")
            .run(
                "write",
                "a",
                "x=1",
                "x=2",
                "y==",
                "f=@" + home.resolve("f"),
                "s=-",
                "t=\\@x",
                "@" + home.resolve("j"));
    assertThat(run.out()).isEqualTo("Success! Data written to: a\n");
    assertThat(asked())
        .isEqualTo(
            "PUT /v1/a {\"f\":\"of the file\",\"j\":{\"k\":[1,true]},\"s\":\"typed\",\"t\":\"@x\","
                + "\"x\":[\"1\",\"2\"],\"y\":\"=\"}");
    cli().typing("{\"a\":null}").run("write", "a", "-");
    assertThat(asked()).isEqualTo("PUT /v1/a {\"a\":null}");
    assertThat(cli().typing("[").run("write", "a", "-").err())
        .isEqualTo(
            "Failed to parse K=V data: invalid key/value pair \"-\": unexpected end of JSON input\n");
  }

  @Test
  void secretsWithVersionsAreFoundByAskingForTheirMount() {
    server
        .on(
            "GET /v1/sys/internal/ui/mounts/secret",
            200,
            "{\"data\":{\"path\":\"secret/\",\"options\":{\"version\":\"2\"}}}")
        .on("PUT /v1/secret/data/a/b", 200, "{\"data\":{\"version\":1}}")
        .on("GET /v1/secret/metadata/a?list=true", 200, "{\"data\":{\"keys\":[\"b\",\"a/\"]}}");
    Run put = cli().run("kv", "put", "-mount=secret", "-cas=0", "a/b", "k=v");
    assertThat(put.out())
        .isEqualTo(
            """
            = Secret Path =
            secret/data/a/b

            === Metadata ===
            Key        Value
            ---        -----
            version    1
            """);
    assertThat(asked())
        .isEqualTo("PUT /v1/secret/data/a/b {\"data\":{\"k\":\"v\"},\"options\":{\"cas\":0}}");
    assertThat(cli().run("kv", "list", "-mount=secret", "a").out())
        .isEqualTo("Keys\n----\na/\nb\n");
  }

  @Test
  void aDeletedVersionIsShownThoughTheAnswerIs404() {
    server
        .on(
            "GET /v1/sys/internal/ui/mounts/secret/a",
            200,
            "{\"data\":{\"path\":\"secret/\",\"options\":{\"version\":\"2\"}}}")
        .on(
            "GET /v1/secret/data/a",
            404,
            "{\"data\":{\"data\":null,\"metadata\":{\"version\":1}},\"errors\":null}");
    Run run = cli().run("kv", "get", "secret/a");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("= Metadata =", "version    1").doesNotContain("= Data =");
    assertThat(cli().run("kv", "get", "-field=x", "secret/a").err())
        .isEqualTo("No data found at secret/data/a\n");
  }

  @Test
  void theExitCodeOfStatusTellsWhetherTheServerIsSealed() {
    String sealed = "{\"type\":\"shamir\",\"initialized\":true,\"sealed\":true,\"t\":3,\"n\":5}";
    server
        .on("GET /v1/sys/seal-status", 200, sealed)
        .on("GET /v1/sys/leader", 503, "{\"errors\":[\"Vault is sealed\"]}");
    Run run = cli().run("status");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out())
        .isEqualTo(
            """
            Key                Value
            ---                -----
            Seal Type          shamir
            Initialized        true
            Sealed             true
            Total Shares       5
            Threshold          3
            Unseal Progress    0/3
            Unseal Nonce       n/a
            HA Enabled         true
            """);
  }

  @Test
  void initialisingPrintsTheKeysAndTheToken() {
    server
        .on("GET /v1/sys/seal-status", 200, "{\"recovery_seal\":false}")
        .on(
            "PUT /v1/sys/init",
            200,
            "{\"keys\":[\"00\",\"01\"],\"keys_base64\":[\"AA==\",\"AQ==\"],\"root_token\":\"s.r\"}");
    Run run = cli().run("operator", "init", "-key-shares=2", "-key-threshold=2");
    assertThat(run.out())
        .startsWith(
            """
            Unseal Key 1: AA==
            Unseal Key 2: AQ==

            Initial Root Token: s.r

            Vault initialized with 2 key shares and a key threshold of 2. Please securely
            """);
    assertThat(asked()).startsWith("PUT /v1/sys/init {\"secret_shares\":2,\"secret_threshold\":2,");
    assertThat(cli().run("init", "-key-shares=2", "-key-threshold=2").out()).isEqualTo(run.out());
  }

  @Test
  void aLoginIsKeptInAFileOfTheUsersOwn() throws IOException {
    server.on("GET /v1/auth/token/lookup-self", 200, LOOKUP);
    Cli cli = new Cli(server.address(), home);
    assertThat(cli.typing("s.x\n").run("login").code()).isZero();
    Path file = home.resolve(".vault-token");
    assertThat(file).hasContent("s.x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(cli.run("print", "token").out()).isEqualTo("s.x\n");
  }

  @Test
  void aLoginThatIsRefusedIsNotKept() {
    server.on("GET /v1/auth/token/lookup-self", 403, "{\"errors\":[\"permission denied\"]}");
    Run run = cli().run("login", "nope");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("Error authenticating: error looking up token: ");
    assertThat(home.resolve(".vault-token")).doesNotExist();
  }

  @Test
  void aMethodSendsWhatItsDeclarationSays() {
    server.on("PUT /v1/auth/people/login/mia", 200, CREATED);
    Cli cli = cli().typing("secret\n");
    Run run = cli.run("login", "-method=userpass", "-path=people/", "-no-store", "username=mia");
    assertThat(run.code()).isZero();
    assertThat(run.err()).startsWith("Password (will be hidden): \n");
    assertThat(server.asked())
        .containsExactly("PUT /v1/auth/people/login/mia {\"password\":\"secret\"}");
    assertThat(server.heads().get(0)).doesNotContain("X-Vault-Token");
  }

  @Test
  void aTokenHelperIsAskedForTheToken() throws IOException {
    Files.writeString(home.resolve(".vault"), "token_helper = \"printf of-the-helper #\"\n");
    Cli cli = new Cli(server.address(), home).with("SHELL", "/bin/sh");
    assertThat(cli.run("print", "token").out()).isEqualTo("of-the-helper\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token-create -lease=1h -id=x|token create|POST /v1/auth/token/create {\"explicit_max_ttl\":\"0s\",\"id\":\"x\",\"num_uses\":0,\"period\":\"0s\",\"renewable\":true,\"ttl\":\"1h0m0s\",\"type\":\"service\"}",
        "token-renew t 60|token renew|PUT /v1/auth/token/renew {\"token\":\"t\",\"increment\":60}",
        "token-renew t|token renew|PUT /v1/auth/token/renew {\"token\":\"t\",\"increment\":0}",
        "token-revoke t|token revoke|PUT /v1/auth/token/revoke {\"token\":\"t\"}",
        "token-revoke -mode=orphan t|token revoke|PUT /v1/auth/token/revoke-orphan {\"token\":\"t\"}",
        "token-revoke -mode=path auth/x|token revoke|PUT /v1/sys/leases/revoke-prefix/auth/x",
        "token-revoke -accessor a|token revoke|POST /v1/auth/token/revoke-accessor {\"accessor\":\"a\"}",
        "token-revoke -self|token revoke|PUT /v1/auth/token/revoke-self",
        "token-lookup -accessor a|token lookup|POST /v1/auth/token/lookup-accessor {\"accessor\":\"a\"}",
        "mounts|secrets list|GET /v1/sys/mounts",
        "unmount x|secrets disable|DELETE /v1/sys/mounts/x",
        "auth-enable -path=p userpass|auth enable|POST /v1/sys/auth/p",
        "auth-disable p|auth disable|DELETE /v1/sys/auth/p",
        "auth -methods|auth list|GET /v1/sys/auth",
        "auth -no-store s.x|login|GET /v1/auth/token/lookup-self",
        "policies|policy list|GET /v1/sys/policies/acl?list=true",
        "policies web|policy read|GET /v1/sys/policies/acl/web",
        "policy-delete web|policy delete|DELETE /v1/sys/policies/acl/web",
        "audit-list|audit list|GET /v1/sys/audit",
        "renew l 60|lease renew|PUT /v1/sys/leases/renew {\"increment\":60,\"lease_id\":\"l\"}",
        "revoke -prefix l|lease revoke|PUT /v1/sys/leases/revoke-prefix/l {\"sync\":true}",
        "unseal -reset|operator unseal|PUT /v1/sys/unseal {\"reset\":true}",
        "unseal k|operator unseal|PUT /v1/sys/unseal {\"key\":\"k\",\"reset\":false,\"migrate\":false}",
        "seal|operator seal|PUT /v1/sys/seal",
        "init -check|operator init|GET /v1/sys/init",
        "capabilities a|token capabilities|POST /v1/sys/capabilities-self {\"path\":\"a\"}",
        "step-down|operator step-down|PUT /v1/sys/step-down",
      })
  void anEarlySpellingDoesWhatItDidAndSaysWhatItIsNow(String early, String now, String request) {
    Run run = cli().run(early.split(" ", -1));
    assertThat(server.asked().get(0)).startsWith(request);
    assertThat(run.err().lines().findFirst().orElse(""))
        .contains("is an early spelling", "\"coffer ")
        .contains(now + "\" now.");
  }

  @Test
  void aCommandCanBeShownInPlaceOfRun() {
    Run curl = cli().run("write", "-output-curl-string", "a", "k=it's");
    assertThat(curl.out())
        .isEqualTo(
            "curl -X PUT -H \"X-Vault-Request: true\" -H \"X-Vault-Token: $(coffer print token)\""
                + " -d '{\"k\":\"it'\"'\"'s\"}' \""
                + server.address()
                + "/v1/a\"\n");
    assertThat(cli().run("list", "-output-policy", "auth/token/accessors").out())
        .isEqualTo("path \"auth/token/accessors\" {\n  capabilities = [\"list\", \"sudo\"]\n}\n");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "-version", "--version", "-v"})
  void theSecondWordOfTheVersionIsOneThatFeatureGatesRead(String word) {
    assertThat(cli().run(word).out()).matches("Coffer v1\\.\\d+\\.\\d+\n");
  }

  @Test
  void aMistypedCommandIsAnsweredByHelpAndASuggestion() {
    Run run = cli().run("toke");
    assertThat(run.code()).isEqualTo(127);
    assertThat(run.err()).startsWith("Usage: coffer <command>").endsWith("\"coffer token\"?\n");
    Run sub = cli().run("token", "lookp");
    assertThat(sub.code()).isEqualTo(1);
    assertThat(sub.err()).endsWith("Did you mean \"coffer token lookup\"?\n");
    assertThat(cli().run("kv", "metadata", "gt").err())
        .endsWith("Did you mean \"coffer kv metadata get\"?\n");
  }

  @Test
  void formatsAreTakenFromBehindTheArgumentsToo() {
    server.on("GET /v1/a?-format=json", 200, "{\"data\":{\"k\":1}}");
    Run run = cli().run("read", "a", "-format=json");
    assertThat(run.out()).startsWith("{\n  \"request_id\": \"\",");
    assertThat(run.err()).isEmpty();
    assertThat(cli().run("read", "a", "-force").err())
        .startsWith("Command flags must be provided before positional arguments.");
  }

  @Test
  void flagsInFrontOfTheCommandAreSentToTheirPlace() {
    Run run = cli().run("-format=json", "token", "lookup");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("Invalid flags before the subcommand.")
        .contains("\n\nUsage: coffer token lookup [options]");
  }

  @Test
  void helpGoesToStandardOutput() {
    Run run = cli().run("token", "create", "-h");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("Usage: coffer token create [options]\n\n  Makes a token as a child of the one")
        .contains("\n\nHTTP Options:\n", "\n\nOutput Options:\n", "\n  -policy=<string>\n      A ");
    assertThat(run.out().lines()).allSatisfy(l -> assertThat(l).doesNotEndWith(" "));
  }

  @Test
  void flagsOfTheServerReachTheHost() {
    assertThat(
            cli().run("server", "-dev", "-dev-root-token-id", "r", "-config=a", "-config=b").err())
        .isEqualTo("serve [a, b] {dev=true, dev-root-token-id=r}\n");
  }

  @Test
  void theServerCanKeepItsRootTokenForTheCommands() {
    cli().run("server", "-dev", "-dev-root-token-id=r");
    assertThat(home.resolve(".vault-token")).hasContent("r");
  }

  @Test
  void completionIsPutInOnceAndTakenOutAgain() throws IOException {
    Path file = home.resolve(".bashrc");
    Files.writeString(file, "alias l=ls\n");
    cli().run("-autocomplete-install");
    cli().run("-autocomplete-install");
    assertThat(file).hasContent("alias l=ls\n" + Completion.script("bash") + "\n");
    cli().run("-autocomplete-uninstall");
    assertThat(file).hasContent("alias l=ls\n");
    Run typed =
        cli().with("COMP_LINE", "coffer token cr x").with("COMP_POINT", "15").run("coffer", "cr");
    assertThat(typed.out()).isEqualTo("create\n");
  }

  @Test
  void aPasswordForOneTimeIsAsLongAsTheServerSays() {
    server.on("GET /v1/sys/generate-root/attempt", 200, "{\"otp_length\":28}");
    Run run = cli().run("operator", "generate-root", "-generate-otp");
    assertThat(run.code()).isZero();
    assertThat(run.out()).matches("[0-9A-Za-z]{28}");
    assertThat(cli().run("operator", "generate-root", "-generate-otp").out())
        .isNotEqualTo(run.out());
  }
}

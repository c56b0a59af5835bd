package coffer.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The flags that commands share.
final class Globals {
  static final Flag<String> ADDRESS =
      Flag.text("address", "Address of the server.").or("https://127.0.0.1:8200").env("ADDR");
  static final Flag<String> AGENT_ADDRESS =
      Flag.text("agent-address", "Address of the agent, used in place of the server's.")
          .env("AGENT_ADDR");
  static final Flag<String> CA_CERT =
      Flag.text(
              "ca-cert",
              "File with the certificate of the authority, in PEM, that the server's certificate"
                  + " is checked against. Goes before -ca-path.")
          .env("CACERT")
          .completing(Completes.FILES);
  static final Flag<String> CA_PATH =
      Flag.text(
              "ca-path",
              "Folder with certificates of authorities, in PEM, that the server's certificate is"
                  + " checked against.")
          .env("CAPATH")
          .completing(Completes.FOLDERS);
  static final Flag<String> CLIENT_CERT =
      Flag.text(
              "client-cert",
              "File with the certificate, in PEM, that is shown to the server. Needs -client-key.")
          .env("CLIENT_CERT")
          .completing(Completes.FILES);
  static final Flag<String> CLIENT_KEY =
      Flag.text("client-key", "File with the private key, in PEM, of -client-cert.")
          .env("CLIENT_KEY")
          .completing(Completes.FILES);
  static final Flag<Boolean> DISABLE_REDIRECTS =
      Flag.truth("disable-redirects", "Follow no redirect; else a single one is followed.")
          .env("DISABLE_REDIRECTS");
  static final Flag<Map<String, String>> HEADER =
      Flag.pairs(
          "header",
          "A header, as key=value, to send with each request. Names that start with \"X-Vault-\""
              + " are refused. May be given many times.");
  static final Flag<List<String>> MFA =
      Flag.list("mfa", "Credentials for MFA, sent in the header X-Vault-MFA.").env("MFA");
  static final Flag<String> NAMESPACE =
      Flag.text("namespace", "The namespace to work in: paths are relative to it. In short: -ns.")
          .env("NAMESPACE");
  static final Flag<String> NS =
      Flag.text("ns", "Short for -namespace, and goes before it.").hide();
  static final Flag<Boolean> NON_INTERACTIVE =
      Flag.truth("non-interactive", "Never ask the terminal for input.");
  static final Flag<Boolean> OUTPUT_CURL =
      Flag.truth(
          "output-curl-string", "Send nothing: print the cURL command that would do the same.");
  static final Flag<Boolean> OUTPUT_POLICY =
      Flag.truth("output-policy", "Send nothing: print the policy that the command needs.");
  static final Flag<Boolean> POLICY_OVERRIDE =
      Flag.truth("policy-override", "Accepted for the sake of old scripts.");
  static final Flag<String> TLS_SERVER_NAME =
      Flag.text("tls-server-name", "The name that the server's certificate has to be for.")
          .env("TLS_SERVER_NAME");
  static final Flag<Boolean> TLS_SKIP_VERIFY =
      Flag.truth(
              "tls-skip-verify",
              "Don't check the server's certificate. Whoever sits in between can then read and"
                  + " change everything.")
          .env("SKIP_VERIFY");
  static final Flag<String> UNLOCK_KEY =
      Flag.text("unlock-key", "Key that unlocks a locked namespace.");
  static final Flag<Duration> WRAP_TTL =
      Flag.duration(
              "wrap-ttl",
              "Wrap the answer in a token that lives this long, like \"30s\" or \"5m\"; \"unwrap\""
                  + " gets it out.")
          .env("WRAP_TTL");

  static final Flag<String> FIELD =
      Flag.text("field", "Print this field alone, with no line end after it, whatever the format.");
  static final Flag<String> FORMAT =
      Flag.text(
              "format",
              "How to print: \"table\", \"json\", \"yaml\" or \"pretty\"; \"raw\" for \"read\""
                  + " alone.")
          .or("table")
          .env("FORMAT")
          .completing(Completes.FORMATS);
  static final Flag<Boolean> DETAILED =
      Flag.truth("detailed", "Print more about each thing where the server has more.")
          .env("DETAILED");

  static final List<Flag<?>> HTTP =
      List.of(
          ADDRESS,
          AGENT_ADDRESS,
          CA_CERT,
          CA_PATH,
          CLIENT_CERT,
          CLIENT_KEY,
          DISABLE_REDIRECTS,
          HEADER,
          MFA,
          NAMESPACE,
          NS,
          NON_INTERACTIVE,
          OUTPUT_CURL,
          OUTPUT_POLICY,
          POLICY_OVERRIDE,
          TLS_SERVER_NAME,
          TLS_SKIP_VERIFY,
          UNLOCK_KEY,
          WRAP_TTL);

  private Globals() {}
}

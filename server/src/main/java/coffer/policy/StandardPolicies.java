package coffer.policy;

/// The policies that every server has.
final class StandardPolicies {
  /// What every token may do unless it says no; operators may change it.
  static final String DEFAULT =
      """
      # Look at, renew and revoke the token itself.
      path "auth/token/lookup-self" {
        capabilities = ["read"]
      }
      path "auth/token/renew-self" {
        capabilities = ["update"]
      }
      path "auth/token/revoke-self" {
        capabilities = ["update"]
      }

      # See what the token may do.
      path "sys/capabilities-self" {
        capabilities = ["update"]
      }
      path "sys/internal/ui/resultant-acl" {
        capabilities = ["read"]
      }

      # See the entity behind the token.
      path "identity/entity/id/{{identity.entity.id}}" {
        capabilities = ["read"]
      }
      path "identity/entity/name/{{identity.entity.name}}" {
        capabilities = ["read"]
      }

      # Renew and look at leases, by their ids.
      path "sys/renew" {
        capabilities = ["update"]
      }
      path "sys/leases/renew" {
        capabilities = ["update"]
      }
      path "sys/leases/lookup" {
        capabilities = ["update"]
      }

      # Keep things in the token's own cubbyhole.
      path "cubbyhole/*" {
        capabilities = ["create", "read", "update", "delete", "list"]
      }

      # Wrap answers, look at wrapped ones, and open them.
      path "sys/wrapping/wrap" {
        capabilities = ["update"]
      }
      path "sys/wrapping/lookup" {
        capabilities = ["update"]
      }
      path "sys/wrapping/unwrap" {
        capabilities = ["update"]
      }

      # Hash things.
      path "sys/tools/hash" {
        capabilities = ["update"]
      }
      path "sys/tools/hash/*" {
        capabilities = ["update"]
      }

      # Log in elsewhere with the entity behind the token.
      path "identity/oidc/provider/+/authorize" {
        capabilities = ["read", "update"]
      }
      """;

  /// What the token of a wrapped answer may do.
  static final String RESPONSE_WRAPPING =
      """
      path "cubbyhole/response" {
        capabilities = ["create", "read"]
      }
      path "sys/wrapping/unwrap" {
        capabilities = ["update"]
      }
      path "auth/token/revoke-self" {
        capabilities = ["update"]
      }
      """;

  private StandardPolicies() {}
}

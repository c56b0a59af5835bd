"""What many answers have in common, for the tables of behaviour.py."""

# What many answers have in common. {"~": SHAPE, ...} stands for the shape with what is said besides;
# "-" lists keys of it that are not there.
SHAPES = {
    "token": {"client_token": "<token>", "accessor": "<accessor>", "policies": ["default"], "token_policies": None,
              "metadata": None, "lease_duration": 2764800, "renewable": True, "entity_id": "",
              "token_type": "service", "orphan": False, "mfa_requirement": None, "num_uses": 0},
    "shown": {"accessor": "<accessor>", "creation_time": "<int>", "creation_ttl": 2764800, "display_name": "token",
              "entity_id": "", "expire_time": "<time>", "explicit_max_ttl": 0, "id": "<token>",
              "issue_time": "<time>", "meta": None, "num_uses": 0, "orphan": False, "path": "auth/token/create",
              "policies": ["default"], "renewable": True, "ttl": "<~2764800>", "type": "service"},
    "mount": {"accessor": "kv_<hex>", "config": {"default_lease_ttl": 0, "force_no_cache": False, "max_lease_ttl": 0},
              "deprecation_status": "supported", "description": "", "external_entropy_access": False,
              "local": False, "options": {}, "plugin_version": "", "running_plugin_version": "<version>",
              "running_sha256": "", "seal_wrap": False, "type": "kv", "uuid": "<uuid>"},
}

OWN = {key: value for key, value in SHAPES["mount"].items() if key != "deprecation_status"} | {"options": None}
LOGIN = {"default_lease_ttl": 0, "force_no_cache": False, "max_lease_ttl": 0, "token_type": "default-service"}
SHAPES |= {
    "cubbyhole mount": OWN | {"accessor": "cubbyhole_<hex>", "description": "per-token private secret storage",
                              "local": True, "type": "cubbyhole"},
    "identity mount": OWN | {"accessor": "identity_<hex>", "description": "identity store", "type": "identity",
                             "config": OWN["config"] | {"passthrough_request_headers": ["Authorization"]}},
    "sys mount": OWN | {"accessor": "system_<hex>", "seal_wrap": True, "type": "system",
                        "description": "system endpoints used for control, policy and debugging",
                        "config": OWN["config"] | {"passthrough_request_headers": ["Accept"]}},
    "token mount": OWN | {"accessor": "auth_token_<hex>", "config": LOGIN, "type": "token",
                          "description": "token based credentials"},
    "secret mount": SHAPES["mount"] | {"description": "key/value secret storage", "options": {"version": "2"}},
    "login mount": SHAPES["mount"] | {"accessor": "auth_userpass_<hex>", "config": LOGIN, "type": "userpass"},
}

# HashiCorp's servers say more about themselves than the peer; what only they say may be there.
OF_HASHICORP = {"?": ["performance_standby", "enterprise", "echo_duration_ms", "clock_skew_ms",
                      "replication_primary_canary_age_ms", "removed_from_cluster", "build_date"]}
CLUSTER = {"cluster_name": "<text>", "cluster_id": "<uuid>"}
SHAPES |= {
    "health": OF_HASHICORP | {
        "initialized": True, "sealed": False, "standby": False, "replication_performance_mode": "disabled",
        "replication_dr_mode": "disabled", "server_time_utc": "<int>", "version": "<version>"} | CLUSTER,
    "sealed health": OF_HASHICORP | {
        "initialized": True, "sealed": True, "standby": True, "replication_performance_mode": "unknown",
        "replication_dr_mode": "unknown", "server_time_utc": "<int>", "version": "<version>"},
    "sealed": OF_HASHICORP | {
        "type": "shamir", "initialized": True, "sealed": True, "t": 1, "n": 1, "progress": 0, "nonce": "",
        "recovery_seal": False, "version": "<version>", "commit_date": "<time>", "migration": False,
        "storage_type": "inmem"},
}
SHAPES |= {"unsealed": SHAPES["sealed"] | {"sealed": False} | CLUSTER}


def shaped(value):
    """The value with its shapes laid out."""
    if isinstance(value, list):
        return [shaped(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    said = {key: shaped(inner) for key, inner in value.items() if key not in ("~", "-")}
    if "~" not in value:
        return said
    whole = SHAPES[value["~"]] | said
    if value["~"] == "token" and "token_policies" not in said:
        whole["token_policies"] = whole["policies"]
    return {key: inner for key, inner in whole.items() if key not in value.get("-", [])}

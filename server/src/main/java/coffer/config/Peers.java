package coffer.config;

/// The settings that other servers of this API know and that have no bearing on this one: not worth
/// a warning, because configurations are moved from one to the other.
final class Peers {
  private Peers() {}

  static void accept(Section top) {
    top.accept("ha_storage", "ha_backend", "service_registration", "initialize", "plugin");
    top.accept("cache_size", "disable_printable_check", "disable_clustering");
    top.accept("disable_performance_standby", "disable_sealwrap", "disable_indexing");
    top.accept("disable_sentinel_trace", "disable_standby_reads", "cluster_cipher_suites");
    top.accept("plugin_file_uid", "plugin_file_permissions", "plugin_tmpdir");
    top.accept("plugin_download_behavior", "plugin_auto_download", "plugin_auto_register");
    top.accept("plugin_download_max_size", "enable_response_header_raft_node_id");
    top.accept("imprecise_lease_role_tracking", "detect_deadlocks", "license_path");
    top.accept("unsafe_cross_namespace_identity");
    top.accept("allow_unauthenticated_workflows", "unsafe_relative_paths", "reporting");
    top.accept("enable_multiseal", "experiments", "entropy", "sentinel");
    top.accept("administrative_namespace_path", "allow_audit_log_to_stdout");
  }
}

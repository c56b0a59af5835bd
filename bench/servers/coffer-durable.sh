#!/bin/sh
# Coffer with durable storage: $1 = rocksdb (default) or inmem (a configured, not a dev, server).
# The harness enables the audit device over the API.
kind=${1:-rocksdb}
cat >"$BENCH_DATA_DIR/coffer.hcl" <<HCL
storage "$kind" {
  path = "$BENCH_DATA_DIR/store"
}
listener "tcp" {
  address = "127.0.0.1:$BENCH_PORT"
  tls_disable = true
}
api_addr = "http://127.0.0.1:$BENCH_PORT"
log_level = "warn"
HCL
exec "${0%/*}/../../coffer" server -config "$BENCH_DATA_DIR/coffer.hcl"

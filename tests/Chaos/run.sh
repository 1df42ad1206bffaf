#!/usr/bin/env bash
# A run on a cluster of three silos while silos are killed, stopped, paused and started at random, and PostgreSQL is restarted once. After every
# event the checkpoints and the log of steps must hold what must always hold;
# at the end its last checkpoint is compared, bit for bit, with that of the same run left in peace in one process.
# Needs PostgreSQL's server programs.
#   tests/Chaos/run.sh [--client "dotnet …/NeuroTrails.Client.dll"] [--seed N] [--events N] [--pause S] [--epochs N] [--keep DIR]
set -u
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
client="$here/neurotrails" seed=1 events=25 pause=16 epochs=60 work=
while [ $# -gt 0 ]; do
  case $1 in
    --client) client=$2 ;; --seed) seed=$2 ;; --events) events=$2 ;; --pause) pause=$2 ;; --epochs) epochs=$2 ;; --keep) work=$2 ;;
    *) echo "unknown option $1; allowed: --client, --seed, --events, --pause, --epochs, --keep" >&2; exit 2 ;;
  esac
  shift 2
done
work=${work:-$(mktemp -d)}
mkdir -p "$work/runs" "$work/pg"
silos=(a b c)
RANDOM=$seed
cluster=chaos-$$

bin=$(dirname "$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres | tail -n 1)") || { echo "needs PostgreSQL's server programs" >&2; exit 2; }
as() { if [ "$(id -u)" = 0 ]; then chown -R postgres "$work/pg"; chmod 755 "$work"; setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi; }
port=$((20000 + $$ % 20000))
as "$bin/initdb" -D "$work/pg/data" -A trust -U nt > "$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
database() { (cd /; as "$bin/pg_ctl" -D "$work/pg/data" -w -o "-p $port -k $work/pg -h 127.0.0.1" -l "$work/pg/log" "$@" > /dev/null); }
database start
connection="Host=127.0.0.1;Port=$port;Username=nt;Database=postgres"

# Whoever stops is started again, as a service manager would.
keep() {
  while [ ! -e "$work/over" ]; do
    $client silo --name "$1" --devices cpu --postgres "$connection" --cluster-id $cluster --runs "$work/runs" >> "$work/silo-$1.log" 2>&1 &
    echo $! > "$work/$1.pid"
    wait $!
    code=$?
    echo "$(date +%T) silo $1 ended with $code" >> "$work/ends.log"
    sleep 1
  done
}
finish() {
  touch "$work/over"
  for silo in "${silos[@]}"; do kill -CONT "$(cat "$work/$silo.pid")" 2> /dev/null; kill -9 "$(cat "$work/$silo.pid")" 2> /dev/null; done
  database -m immediate stop
  wait 2> /dev/null
}
trap finish EXIT

for silo in "${silos[@]}"; do keep "$silo" 2> /dev/null & done
metrics="$work/runs/chaos/metrics.jsonl"
submit() { $client train --preset quickstart --epochs "$epochs" --set checkpoint.every_seconds=5 --cluster "$connection" --cluster-id $cluster --run chaos --resume auto; }
until submit > "$work/train.log" 2>&1; do [ -e "$metrics" ] && break; sleep 1; done &
until [ -s "$metrics" ]; do sleep 0.2; done

last() { tail -n 4 "$metrics" 2> /dev/null | grep '"head_loss"' | tail -n 1 | grep -o "\"$1\":[0-9]*" | tail -n 1 | cut -d: -f2; }
now() { date +%s%N; }

# Checkpoints: files as they were written, every owner at one step, the same number of active weights in all. Steps: one after the other, generations never falling,
# as many weights grown as dropped and the same number active after every topology update. A coordinator that goes back rewrites the log meanwhile: one more look decides.
steps() {
  grep '"head_loss"' "$metrics" | awk '
    function of(key, value) { if (!match($0, "\"" key "\":[0-9]+")) return -1; value = substr($0, RSTART, RLENGTH); sub(/.*:/, "", value); return value + 0 }
    { step = of("step"); generation = of("generation"); active = of("active")
      if (step != NR) { print "step " step " stands in line " NR; exit }
      if (generation < before) { print "generation " generation " after " before " at step " step; exit }
      if (active >= 0) {
        if (of("dropped") != of("grown")) { print "dropped and grown differ at step " step; exit }
        if (known && active != known) { print active " active weights at step " step ", " known " before"; exit }
        known = active
      }
      before = generation }'
}
invariants() {
  local wrong
  for look in 1 2 3; do
    wrong=$($client status "$work/runs/chaos" --check 2>&1) && wrong=$(steps)
    [ -z "$wrong" ] && { echo hold; return; }
    sleep 1
  done
  echo "BROKEN" && echo "$wrong" >> "$work/broken.log"
}

printf '%-9s %-28s %10s %12s %14s %12s\n' time event 'at step' 'generation' 'recovery' 'invariants'
restart_at=$((events / 2))
for ((event = 1; event <= events; event++)); do
  [ -e "$work/runs/chaos/summary.json" ] && { echo "the run ended before event $event: give more --epochs"; break; }
  sleep $((pause / 2 + RANDOM % pause))
  silo=${silos[RANDOM % 3]}; pid=$(cat "$work/$silo.pid"); step=$(last step); generation=$(last generation); began=$(now)
  if [ $event = $restart_at ]; then what="restart PostgreSQL"; database -m fast restart
  else
    case $((RANDOM % 4)) in
      0 | 1) what="kill -9 silo $silo"; kill -9 "$pid" ;;
      2) what="stop silo $silo"; kill -TERM "$pid" ;;
      3) what="pause silo $silo for 20 s"; kill -STOP "$pid"; (sleep 20; kill -CONT "$pid" 2> /dev/null) & ;;
    esac
  fi
  # Back at work: a newer generation has taken a step, or, where the victim had no part in the run, the old one goes on.
  recovery="no interruption"
  for ((tick = 0; tick < 600; tick++)); do
    sleep 0.1
    if [ "$(last generation)" != "$generation" ] && [ -n "$(last generation)" ]; then recovery="$((($(now) - began) / 1000000)) ms"; break; fi
    [ $tick -gt 150 ] && [ "$(last step)" -gt $((step + 20)) ] && break
    [ -e "$work/runs/chaos/summary.json" ] && break
  done
  [ $tick -eq 600 ] && { recovery=STALLED; echo "no step for a minute after: $what" >> "$work/broken.log"; }
  printf '%-9s %-28s %10s %12s %14s %12s\n' "$(date +%T)" "$what" "$step" "$(last generation)" "$recovery" "$(invariants)"
done

until [ -e "$work/runs/chaos/summary.json" ]; do
  sleep 1
  [ $((SECONDS % 10)) -eq 0 ] && $client status chaos --cluster "$connection" --cluster-id $cluster 2> /dev/null | grep -A 99 '^state *failed' && exit 1
done
sleep 2
echo "the same run, undisturbed, in one process"
$client train --config "$work/runs/chaos/config.yaml" --out "$work/undisturbed" > "$work/undisturbed.log" 2>&1 || { tail -n 3 "$work/undisturbed.log"; exit 1; }
final=$(ls -d "$work"/undisturbed/checkpoints/step-* | tail -n 1)
code=0
[ -e "$work/broken.log" ] && { echo "invariants were broken:"; cat "$work/broken.log"; code=1; }
for file in "$final"/*.safetensors; do
  if cmp -s "$file" "$work/runs/chaos/checkpoints/$(basename "$final")/$(basename "$file")"; then echo "bit-identical: $(basename "$file")"; else echo "DIFFERS: $(basename "$file")"; code=1; fi
done
exit $code

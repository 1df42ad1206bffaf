# What run.sh and network.sh have in common: a cluster of three silos and a Redis server, one long run on it, what must hold of that run at any time, and the
# comparison, bit for bit, with the same run left in peace in one process. Sourced, not run.
# Whoever sources it says where things are (`redis`, `client`, or a silo's name): `within PLACE` prints what to put before a command that shall run there, `address PLACE`
# the address there; what it has to clear away itself it puts into a function `clear_away`.
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
silos=(a b c)
cluster=chaos-$$
port=$((20000 + $$ % 20000))
options_of_silos=

# Reads `--NAME VALUE …` into variables that are there already: options "NAME …" ARGUMENTS.
options() {
  local allowed=$1 name
  shift
  while [ $# -gt 0 ]; do
    name=${1#--}
    [[ $1 == --* && " $allowed " == *" $name "* && $# -gt 1 ]] || { echo "$1 is no option, or has no value; allowed: --${allowed// /, --}" >&2; exit 2; }
    printf -v "$name" %s "$2"
    shift 2
  done
}
need() {
  local program
  for program in "$@"; do command -v "$program" > /dev/null || { echo "needs $program, which is not installed" >&2; exit 2; }; done
}

# Writes down each change before it answers: what a coordinator has agreed on outlives a crash of the server.
start_redis() {
  $(within redis) redis-server --bind "$(address redis)" --port "$port" --protected-mode no --dir "$work/redis" --appendonly yes --appendfsync always --save '' \
    --logfile "$work/redis.log" &
  redis=$!
  until $(within redis) redis-cli -h "$(address redis)" -p "$port" ping 2> /dev/null | grep -q PONG; do
    kill -0 $redis 2> /dev/null || { echo "redis-server ended:" >&2; tail -n 3 "$work/redis.log" >&2; exit 1; }
    sleep 0.1
  done
}
stop_redis() { kill "-$1" "$redis" 2> /dev/null; wait "$redis" 2> /dev/null; }

# Whoever stops is started again, as a service manager would.
keep_silo() {
  while [ ! -e "$work/over" ]; do
    $(within "$1") $client silo --name "$1" --devices cpu --host "$(address "$1")" --redis "$(address redis):$port" --cluster-id "$cluster" --runs "$work/runs" $options_of_silos \
      >> "$work/silo-$1.log" 2>&1 &
    echo $! > "$work/$1.pid"
    wait $!
    code=$?
    echo "$(date +%T) silo $1 ended with $code" >> "$work/ends.log"
    sleep 1
  done
}
clear_all() {
  local code=$? pid
  touch "$work/over"
  for pid in "$work"/*.pid; do pid=$(cat "$pid") && kill -CONT "$pid" && kill -9 "$pid"; done 2> /dev/null
  stop_redis KILL
  ! declare -F clear_away > /dev/null || clear_away
  wait 2> /dev/null
  # What went wrong is kept, to be looked at.
  if [ -z "$keep" ] && [ $code -eq 0 ]; then rm -rf -- "$work"; else echo "logs, runs and checkpoints: $work"; fi
}

# Starts the server, the silos and the run, and returns at its first step.
begin() {
  need redis-server redis-cli
  work=${keep:-$(mktemp -d)}
  mkdir -p "$work/runs" "$work/redis"
  metrics="$work/runs/chaos/metrics.jsonl" ended="$work/runs/chaos/summary.json"
  trap clear_all EXIT
  start_redis
  local silo
  for silo in "${silos[@]}"; do keep_silo "$silo" 2> /dev/null & done
  submit 2> /dev/null &
  for ((tick = 0; ; tick++)); do
    [ -s "$metrics" ] && break
    [ $tick -lt 900 ] || { echo "no step within three minutes:" >&2; tail -n 5 "$work/train.log" "$work"/silo-*.log >&2; exit 1; }
    sleep 0.2
  done
}
on_cluster() { $(within client) $client "$1" "${@:2}" --redis "$(address redis):$port" --cluster-id "$cluster"; }
submit() {
  while [ ! -e "$metrics" ]; do
    $(within client) $client train --preset quickstart --epochs "$epochs" --set checkpoint.every_seconds=5 --run chaos --resume auto \
      --redis "$(address redis):$port" --cluster-id "$cluster" > "$work/train.log" 2>&1 &
    echo $! > "$work/train.pid"
    wait $! && break
    sleep 1
  done
}

last() { tail -n 4 "$metrics" 2> /dev/null | grep '"head_loss"' | tail -n 1 | grep -o "\"$1\":[0-9]*" | tail -n 1 | cut -d: -f2; }
now() { date +%s%N; }
# The silo whose log was the last to tell of a checkpoint: there the coordinator lives.
coordinator() {
  local silo
  for silo in "${silos[@]}"; do
    echo "$(grep 'Checkpoint of step' "$work/runs/silo-$silo.log" 2> /dev/null | tail -n 1 | cut -d' ' -f1) $silo"
  done | sort | tail -n 1 | grep -o '[^ ]*$'
}

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
  local wrong look
  for look in 1 2 3; do
    wrong=$($client status "$work/runs/chaos" --check 2>&1) && wrong=$(steps)
    [ -z "$wrong" ] && { echo hold; return; }
    sleep 1
  done
  echo "BROKEN" && echo "$wrong" >> "$work/broken.log"
}

# Waits until the run is back at work after an event, and says in `recovery` how long that took: a newer generation has taken a step, or, where the event had no part in
# the run, the old one has gone on for a while. wait_for_recovery STEP GENERATION BEGAN [PATIENCE IN S [S AFTER WHICH THE OLD ONE COUNTS]]; fails where neither came.
wait_for_recovery() {
  local step=$1 generation=$2 began=$3 patience=${4:-120} quiet=${5:-15} start=$SECONDS current
  while [ $((SECONDS - start)) -lt "$patience" ]; do
    sleep 0.1
    current=$(last generation)
    if [ "$current" != "$generation" ] && [ -n "$current" ]; then recovery="$((($(now) - began) / 1000000)) ms"; return; fi
    recovery="no interruption"
    [ $((SECONDS - start)) -ge "$quiet" ] && [ "$(last step)" -gt $((step + 20)) ] 2> /dev/null && return
    [ -e "$ended" ] && return
  done
  recovery=STALLED
  return 1
}
heading() { printf '%-9s %-44s %8s %11s %18s %10s\n' time event 'at step' generation recovery invariants; }
tell() { printf '%-9s %-44s %8s %11s %18s %10s\n' "$(date +%T)" "$1" "$2" "$(last generation)" "$recovery" "$(invariants)"; }

# Stops the run (or, with `--finish yes`, waits for its end), and compares its last checkpoint with that which the undisturbed run has at the same step; the last
# thing to do.
conclude() {
  local code=0 name file undisturbed pid try
  # The last event may have left silos and clients short of breath.
  for try in {1..10}; do
    [ "$finish" = yes ] || [ -e "$ended" ] || on_cluster stop chaos > "$work/stop.log" 2>&1 && break
    [ "$try" -lt 10 ] || { echo "the run could not be stopped:"; tail -n 3 "$work/stop.log"; exit 1; }
    sleep 2
  done
  until [ -e "$ended" ] || [ "$finish" != yes ]; do
    sleep 1
    [ $((SECONDS % 10)) -eq 0 ] && on_cluster status chaos 2> /dev/null | grep -A 99 '^state *failed' && exit 1
  done
  sleep 2
  name=$(basename "$(ls -d "$work"/runs/chaos/checkpoints/step-* | tail -n 1)")
  undisturbed="$work/undisturbed/checkpoints/$name"
  echo "$([ -e "$ended" ] && echo finished || echo stopped), generation $(last generation); the same run, undisturbed, in one process, up to $name"
  # Nothing but the silos' work is compared: from here on they may rest.
  touch "$work/over"
  for pid in "$work"/?.pid; do kill -9 "$(cat "$pid")"; done 2> /dev/null
  $client train --config "$work/runs/chaos/config.yaml" --out "$work/undisturbed" --set checkpoint.every_steps=$((10#${name#step-})) --set checkpoint.every_seconds=0 \
    > "$work/undisturbed.log" 2>&1 &
  echo $! > "$work/train.pid"
  until [ -e "$undisturbed" ]; do kill -0 $! 2> /dev/null || { tail -n 3 "$work/undisturbed.log"; exit 1; }; sleep 0.5; done
  [ -e "$work/broken.log" ] && { echo "invariants were broken:"; cat "$work/broken.log"; code=1; }
  for file in "$undisturbed"/*.safetensors; do
    if cmp -s "$file" "$work/runs/chaos/checkpoints/$name/$(basename "$file")"; then echo "bit-identical: $(basename "$file")"
    else echo "DIFFERS: $(basename "$file")"; code=1; fi
  done
  exit $code
}

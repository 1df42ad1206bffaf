#!/usr/bin/env bash
# A run on a cluster of three silos while silos are killed, stopped, paused and started at random, and Redis is killed once and restarted once; twice the victim of a
# kill is the coordinator's silo, on purpose. After every event the checkpoints and the log of steps must hold what must always hold;
# at the end its last checkpoint is compared, bit for bit, with that of the same run left in peace in one process.
# It is stopped after the last event; with --finish yes it goes on to its end, of which --epochs decides.
# Needs redis-server and redis-cli.
#   tests/Chaos/run.sh [--client "dotnet …/NeuroTrails.Client.dll"] [--seed N] [--events N] [--pause S] [--epochs N] [--finish yes] [--keep DIR]
set -u
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
client="$here/neurotrails" seed=1 events=25 pause=16 epochs=300 finish=no keep=
options "client seed events pause epochs finish keep" "$@"
RANDOM=$seed

within() { :; }
address() { echo 127.0.0.1; }
begin

# Events of their own among the random ones: the coordinator's silo in the middle and at the end, Redis before and after the middle.
declare -A planned=([$(((events + 3) / 4))]="kill -9 Redis" [$((events * 3 / 4))]="restart Redis" [$((events / 2))]="kill -9 coordinator" [$events]="kill -9 coordinator")
recoveries=()
heading
for ((event = 1; event <= events; event++)); do
  [ -e "$ended" ] && { echo "the run ended before event $event: give more --epochs"; break; }
  sleep $((pause / 2 + RANDOM % pause))
  silo=${silos[RANDOM % 3]} act=$((RANDOM % 4)) what=${planned[$event]-}
  [ "$what" != "kill -9 coordinator" ] || { silo=$(coordinator); act=0; }
  pid=$(cat "$work/$silo.pid") step=$(last step) generation=$(last generation) began=$(now)
  case $what in
    "kill -9 Redis") stop_redis KILL; start_redis ;;
    "restart Redis") stop_redis TERM; start_redis ;;
    *)
      case $act in
        0 | 1) what="kill -9 silo $silo"; kill -9 "$pid" ;;
        2) what="stop silo $silo"; kill -TERM "$pid" ;;
        3) what="pause silo $silo for 20 s"; kill -STOP "$pid"; (sleep 20; kill -CONT "$pid" 2> /dev/null) & ;;
      esac
      [ "${planned[$event]-}" = "" ] || what="$what, the coordinator's" ;;
  esac
  wait_for_recovery "$step" "$generation" "$began" || echo "no step for two minutes after: $what" >> "$work/broken.log"
  tell "$what" "$step"
  [[ $what == "kill -9 silo"* && $recovery == *ms ]] && recoveries+=("${recovery% ms}")
done
if [ ${#recoveries[@]} -gt 0 ]; then
  median=$(printf '%s\n' "${recoveries[@]}" | sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }')
  echo "median recovery after kill -9 of a silo: $median ms, of ${#recoveries[@]}"
fi
conclude

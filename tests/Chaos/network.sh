#!/usr/bin/env bash
# A run on a cluster of three silos, each in a network namespace of its own, whose network is bad: a silo is parted from the others, from both them and Redis, or from
# Redis alone, first the coordinator's and then another one; packets get lost; packets are late. After every event the checkpoints and the log of steps must hold
# what must always hold, and all three silos must be back; at the end the run's last checkpoint is compared, bit for bit, with that of the same run left in peace in
# one process. The run is stopped after the last event; with --finish yes it goes on to its end, of which --epochs decides. --only leaves out all events but those
# whose words hold these (`redis`, `lost`).
# Needs root, redis-server, redis-cli, ip (iproute2) and python3, which is the switch between the namespaces (switch.py): it needs neither tc nor netem, which not
# every kernel has. The machine's own network is not touched.
#   tests/Chaos/network.sh [--client "dotnet …/NeuroTrails.Client.dll"] [--seconds N] [--loss PERCENT] [--delay MS] [--only WORDS] [--epochs N] [--finish yes]
#                          [--keep DIR]
set -u
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
client="$here/neurotrails" seconds=30 loss=10 delay=100 only= epochs=300 finish=no keep=
options "client seconds loss delay only epochs finish keep" "$@"
need ip python3
[ "$(id -u)" = 0 ] || { echo "needs root: only root may make network namespaces (sudo $0)" >&2; exit 2; }

space=neurotrails-$$
declare -A addresses=([redis]=10.77.0.2 [client]=10.77.0.3 [a]=10.77.0.11 [b]=10.77.0.12 [c]=10.77.0.13)
within() { echo "ip netns exec $space-$1"; }
address() { echo "${addresses[$1]}"; }
clear_away() { local place; kill "${SWITCH_PID-}"; for place in hub "${!addresses[@]}"; do ip netns del "$space-$place"; done; } 2> /dev/null

trap clear_away EXIT
ip netns add "$space-hub" || { echo "no network namespace can be made here (above); a container needs CAP_NET_ADMIN and CAP_SYS_ADMIN" >&2; exit 2; }
for place in "${!addresses[@]}"; do
  ip netns add "$space-$place"
  ip -n "$space-hub" link add name "$place" type veth peer name eth0 netns "$space-$place" && ip -n "$space-hub" link set dev "$place" up \
    && ip -n "$space-$place" link set dev lo up && ip -n "$space-$place" link set dev eth0 up \
    && ip -n "$space-$place" addr add "$(address "$place")/24" dev eth0 || exit 1
done
coproc SWITCH { exec $(within hub) python3 "$here/tests/Chaos/switch.py" "${!addresses[@]}"; }

# A fault between two places, in both directions: fault PLACE|* PLACE|* loss PERCENT | delay MILLISECONDS
fault() {
  tell_switch "$*"
  [ "$1" = "$2" ] || tell_switch "$2 $1 ${*:3}"
}
tell_switch() { echo "$1" >&"${SWITCH[1]}" && read -r -t 10 <&"${SWITCH[0]}" || { echo "the switch is gone" >&2; exit 1; }; }
heal() { fault '*' '*' loss 0; }

members() { on_cluster silos 2> /dev/null | grep -c '^| [abc] '; }
# The fault has passed: all silos come back, and the run takes steps.
wait_for_peace() {
  local tick step
  for ((tick = 0; tick < 180; tick++)); do
    [ "$(members)" = 3 ] && break
    [ -e "$ended" ] && return
    sleep 1
  done
  [ $tick -lt 180 ] || echo "only $(members) of 3 silos three minutes after: $1" >> "$work/broken.log"
  step=$(last step)
  for ((tick = 0; tick < 60; tick++)); do [ "$(last step)" != "$step" ] && return; [ -e "$ended" ] && return; sleep 1; done
  echo "no step for a minute after: $1" >> "$work/broken.log"
}
# part WHO FROM …: WHO is `coordinator` or `other`; FROM are `silos`, `redis`, or both.
part() {
  local home silo what place step generation began recovery
  [[ $* == *"$only"* ]] || return
  [ -e "$ended" ] && { echo "the run ended before: $*; give more --epochs"; return; }
  home=$(coordinator)
  silo=$home
  [ "$1" = coordinator ] || for silo in "${silos[@]}"; do [ "$silo" = "$home" ] || break; done
  what="$silo ($1) without ${*:2} for $seconds s"
  step=$(last step) generation=$(last generation) began=$(now)
  for place in "${silos[@]}"; do [ "$place" = "$silo" ] || [[ " $* " != *" silos "* ]] || fault "$silo" "$place" loss 100; done
  [[ " $* " != *" redis "* ]] || fault "$silo" redis loss 100
  wait_for_recovery "$step" "$generation" "$began" "$seconds" "$seconds"
  while [ $((($(now) - began) / 1000000000)) -lt "$seconds" ]; do sleep 0.5; done
  [ "$recovery" != STALLED ] || [ "$(last step)" -le $((step + 20)) ] || recovery="no interruption"
  heal
  if [ "$recovery" = STALLED ]; then
    wait_for_recovery "$step" "$generation" "$began" 120 0 || echo "no step for two minutes after: $what" >> "$work/broken.log"
    [ "$recovery" != "no interruption" ] || recovery="waited for the end"
  fi
  wait_for_peace "$what"
  tell "$what" "$step"
}
# spoil WHAT loss PERCENT | delay MILLISECONDS: of everything that anybody sends.
spoil() {
  local step recovery
  [[ $* == *"$only"* ]] || return
  [ -e "$ended" ] && { echo "the run ended before: $1; give more --epochs"; return; }
  step=$(last step)
  fault '*' '*' "${@:2}"
  sleep "$seconds"
  recovery="$(($(last step) - step)) steps"
  heal
  wait_for_peace "$1"
  tell "$1 for $seconds s" "$step"
}

# Where silos insist on TLS outside loopback: the namespaces' network is nobody else's.
options_of_silos=$($client silo --help | grep -o -m 1 -e '--insecure')
begin
until [ "$(members)" = 3 ]; do sleep 1; done
sleep 10
heading
part coordinator silos
part other silos
part coordinator silos redis
part other silos redis
part coordinator redis
part other redis
spoil "$loss % of packets lost" loss "$loss"
spoil "$delay ms each way" delay "$delay"
cat "$work/ends.log" 2> /dev/null
conclude

# Words to the person at the keyboard. Everything goes to the error stream, so that the output of a verb stays its own.

say() { printf 'neurotrails: %s\n' "$*" >&2; }

# fail CODE MESSAGE…: 1 is a failure of the machine, 2 something that the user asked for and cannot have.
fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

usage() { fail 2 "$1. Usage: ./neurotrails setup | build | test [--filter TEXT] | train | eval | predict | status | doctor | bench (--help tells more)"; }

# quietly WHAT COMMAND…: runs a command, keeps its output in artifacts/log, shows it only where the command fails.
quietly() {
  local log="$root/artifacts/log/$1.log"
  shift
  mkdir -p -- "${log%/*}"
  # Compilers that stay in memory must not inherit the lock.
  "$@" >"$log" 2>&1 9>&- && return 0
  local code=$?
  tail -n 40 -- "$log" >&2
  say "the whole output is in $log"
  return $code
}

# ./neurotrails test [--filter TEXT]: the runtime line first, `N passed, N failed, N skipped` last.

run_tests() {
  local filter=() text='' log code total failed skipped errors
  while [ $# -gt 0 ]; do
    case $1 in
      --filter)
        [ $# -ge 2 ] && [ -n "$2" ] || usage "--filter needs a text that is part of a test's full name"
        text=$2
        shift 2
        ;;
      --filter=?*)
        text=${1#--filter=}
        shift
        ;;
      -h | --help)
        echo "Usage: ./neurotrails test [--filter TEXT]   TEXT is part of namespace.class.method, in any case: --filter Parity"
        exit 0
        ;;
      *) usage "test does not know $1" ;;
    esac
  done
  [ -z "$text" ] || filter=(-method "*$text*")

  prepare client
  prepare tests
  "$dotnet" "$client_dll" doctor --line || fail 1 "the program does not start"
  mkdir -p -- "$root/artifacts/log"
  log="$root/artifacts/log/tests.log"
  "$dotnet" "$tests_dll" -noColor -noLogo -noAutoReporters "${filter[@]}" 2>&1 | tee -- "$log"
  code=${PIPESTATUS[0]}

  read -r total errors failed skipped < <(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\),.*/\1 \2 \3 \4/p' "$log" | tail -n 1)
  if [ -z "${total-}" ]; then
    say "the test program ended with code $code before it was done; its output is in $log"
    echo "$(grep -c '\[PASS\]' "$log") passed, 1 failed, 0 skipped"
    exit 1
  fi
  report_tests "$log"
  echo "$((total - failed - skipped)) passed, $((failed + errors)) failed, $skipped skipped"
  if [ "$total" -eq 0 ]; then
    [ -n "$text" ] && fail 2 "no test's name contains '$text'; names look like NeuroTrails.Tests.Topology.ErkTests.Counts_are_exact"
    fail 1 "there are no tests"
  fi
  [ $((failed + errors)) -eq 0 ] && [ "$code" -eq 0 ]
  exit $?
}

# Failed tests by name, and why tests were skipped, the same reason once.
report_tests() {
  echo
  sed -n 's/^ *\(.*\) \[FAIL\]$/failed: \1/p' "$1"
  awk '/ \[SKIP\]$/ { getline reason; sub(/^ */, "", reason); count[reason]++ } END { for (reason in count) printf "skipped %d: %s\n", count[reason], reason }' "$1" | sort
}

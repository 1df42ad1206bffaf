# Building, and finding out quickly that nothing needs to be built.

# Prints one file that is newer than the last build of a target, if any; folders count, so that a removed file shows as well.
newer_source() {
  find "$root"/{shared,grains,silo,client,samples,embedded,eng,tests} "$root"/Directory.*.* "$root/global.json" -newer "$1" \
    ! -path "$root/eng/launcher*" ! -name '*.md' ${2:+! -path "$root/tests*"} -print -quit 2>/dev/null
}

# locate TARGET: names what the recorded choices build to.
locate() {
  local output
  output="$root/artifacts/$(flavour)"
  client_dll="$output/bin/NeuroTrails.Client/release/NeuroTrails.Client.dll"
  tests_dll="$output/bin/NeuroTrails.Tests/release/NeuroTrails.Tests.dll"
  stamp="$output/built-$1-$(native_variant)"
  if [ "$TorchSharpFrom" = stand-in ]; then
    NEUROTRAILS_NATIVE=${NEUROTRAILS_NATIVE:-$(native_library)}
    export NEUROTRAILS_NATIVE
  fi
}

up_to_date() {
  local target=$1 dll
  dll=$([ "$target" = tests ] && echo "$tests_dll" || echo "$client_dll")
  [ -e "$stamp" ] && [ -e "$dll" ] && { [ "$TorchSharpFrom" != stand-in ] || [ -e "$NEUROTRAILS_NATIVE" ]; } \
    && [ -z "$(newer_source "$stamp" "$([ "$target" = tests ] || echo without-tests)")" ]
}

# prepare TARGET: client or tests; afterwards it is built from the sources as they are.
prepare() {
  local target=$1 key
  # Taken before the choices are exported, because they are variables that a user may set as well.
  asked_for=${asked_for:-$(feed_key)}
  key=$asked_for
  if feed_load "$key" && find_dotnet; then
    locate "$target"
    up_to_date "$target" && return 0
  fi
  mkdir -p -- "$root/artifacts" 2>/dev/null && [ -w "$root/artifacts" ] || fail 1 "cannot write to $root/artifacts, where builds go"
  exec 9>"$root/artifacts/lock"
  # Two first uses at the same time would write into each other's folders.
  flock 9
  settle_machine "$key"
  locate "$target"
  up_to_date "$target" || build_target "$target"
  exec 9>&-
}

settle_machine() {
  require_dotnet
  if ! feed_load "$1" || grep -q 'asked again at the next build' "$feed_file"; then
    feed_probe "$1"
  fi
  require_system
}

build_target() {
  local target=$1 project started=$stamp.new
  mkdir -p -- "${stamp%/*}"
  # Sources edited while the compiler runs must count as newer.
  touch -- "$started"
  build_native
  project=$([ "$target" = tests ] && echo tests/NeuroTrails.Tests.csproj || echo client/NeuroTrails.Client.csproj)
  say "building ${project%/*} (Release)"
  compile "$project"
  mv -f -- "$started" "$stamp"
}

compile() {
  (cd -- "$root" && SkipNativeBuild=true quietly "build-$(basename -- "$1")" "$dotnet" build "$1" -c Release --nologo -v q -clp:ErrorsOnly -nodeReuse:false) && return 0
  if grep -q 'NU1301\|NU1101' "$root/artifacts/log/build-$(basename -- "$1").log"; then
    fail 1 "the packages that every build needs could not be fetched. Is there a network? Other feeds: RestoreAdditionalProjectSources=URL-or-folder"
  fi
  fail 1 "the build failed"
}

build_all() {
  prepare client
  exec 9>"$root/artifacts/lock"
  flock 9
  say "building NeuroTrails.sln (Release)"
  compile NeuroTrails.sln
  exec 9>&-
  say "built artifacts/$(flavour)"
}

# Which package families come from a feed and which from the stand-ins under embedded/. Found by really restoring them, once; the
# answer is artifacts/feed.probe, and it is found anew when versions, feeds or the environment change.

feed_file="$root/artifacts/feed.probe"
asked_for=

# Everything that the answer depends on, as one number. Runs at every start, so it must not start dotnet.
feed_key() {
  local configs=() folder=$root
  for folder in "$root" "${HOME-}/.nuget/NuGet" "${HOME-}/.nuget/config" /etc/opt/NuGet/Config; do
    configs+=("$folder"/[Nn]u[Gg]et*.[Cc]onfig "$folder"/*.config)
  done
  {
    printf '%s\n' "${OrleansFrom-}" "${OrleansVersion-}" "${TorchSharpFrom-}" "${TorchSharpVersion-}" "${TorchSharpBackend-}" \
      "${ConsoleExporterFrom-}" "${OpenTelemetryVersion-}" "${TORCH_DIR-}" \
      "${RestoreAdditionalProjectSources-}" "${RestoreSources-}" "${RestoreConfigFile-}" "${NUGET_PACKAGES-}"
    stat -c '%n %s %Y' -- "$root/eng/Flavours.props" "$root/Directory.Packages.props" "${configs[@]}" 2>/dev/null
  } | cksum | tr ' ' -
}

# Exports the recorded choices; fails where there are none for this key.
feed_load() {
  local name value
  grep -qx "key=$1" "$feed_file" 2>/dev/null || return 1
  while IFS='=' read -r name value; do
    case $name in
      OrleansFrom | OrleansVersion | TorchSharpFrom | TorchSharpVersion | TorchSharpBackend | ConsoleExporterFrom | OpenTelemetryVersion)
        export "$name=$value"
        ;;
    esac
  done <"$feed_file"
}

default_of() { sed -n "s|.*<$1 Condition[^>]*>\([^<]*\)</$1>.*|\1|p" "$root/eng/Flavours.props" | grep -v -e package -e stand-in | head -n 1; }

# try_restore FAMILY PACKAGE=VERSION…: 0 where the feeds hold them all; the reason why not is left in artifacts/probe/FAMILY/why.
try_restore() {
  local family=$1 folder="$root/artifacts/probe/$1" package code
  shift
  rm -rf -- "$folder"
  mkdir -p -- "$folder"
  # Nothing of the repository's own build may take part.
  for file in Directory.Build.props Directory.Build.targets Directory.Packages.props; do
    echo '<Project />' >"$folder/$file"
  done
  {
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup>'
    for package in "$@"; do
      printf '<PackageReference Include="%s" Version="[%s]" />\n' "${package%%=*}" "${package#*=}"
    done
    echo '</ItemGroup></Project>'
  } >"$folder/probe.csproj"
  (cd -- "$folder" && timeout "${NEUROTRAILS_PROBE_SECONDS:-600}" "$dotnet" restore probe.csproj --nologo -v q -nodeReuse:false) >"$folder/log" 2>&1 9>&-
  code=$?
  case $code in
    0) : >"$folder/why" ;;
    124) echo "no answer within ${NEUROTRAILS_PROBE_SECONDS:-600} s" >"$folder/why" ;;
    *) grep -o 'error NU[0-9]*: .*' "$folder/log" | sed 's/^error //; s/ \[.*//' | head -n 1 >"$folder/why" ;;
  esac
  [ $code -ne 0 ] && [ ! -s "$folder/why" ] && tail -n 1 "$folder/log" >"$folder/why"
  return $code
}

# settle FAMILY FROM-VARIABLE VERSION-VARIABLE PACKAGE…: prints the family's part of artifacts/feed.probe.
settle() {
  local family=$1 from_name=$2 version_name=$3 from=${!2-} asked=${!3-} version backend why package list=()
  shift 3
  version=${asked:-$(default_of "$version_name")}
  if [ "$from" = stand-in ]; then
    printf '# %s: the stand-in was asked for.\n%s=stand-in\n' "$family" "$from_name"
    return 0
  fi
  if [ "$family" = torchsharp ] && [ -n "${TORCH_DIR-}" ] && [ -z "$from$asked" ]; then
    printf '# %s: TORCH_DIR names a libtorch, which the stand-in can use.\n%s=stand-in\n' "$family" "$from_name"
    return 0
  fi
  for package in "$@"; do
    list+=("$package=$version")
  done
  if [ "$family" = torchsharp ]; then
    backend=${TorchSharpBackend-}
    # A card calls for the libtorch that can use it, where the feed has it.
    if [ -z "$backend" ] && [ -e /proc/driver/nvidia/version ] && try_restore "$family" "${list[@]}" "TorchSharp-cuda-linux=$version"; then
      backend=cuda-linux
    fi
    backend=${backend:-cpu}
    list+=("TorchSharp-$backend=$version")
  fi
  if try_restore "$family" "${list[@]}"; then
    printf '# %s: restored %s.\n%s=package\n%s=%s\n' "$family" "${list[*]}" "$from_name" "$version_name" "$version"
    [ "$family" != torchsharp ] || printf 'TorchSharpBackend=%s\n' "$backend"
    return 0
  fi
  why=$(cat -- "$root/artifacts/probe/$family/why")
  if [ -n "$from$asked" ]; then
    say "${list[*]} was asked for ($from_name=${from:-unset}, $version_name=${asked:-unset}) and cannot be restored: $why"
    say "unset these variables to let the feed decide, or add a feed by RestoreAdditionalProjectSources=URL-or-folder"
    return 2
  fi
  printf '# %s: not restored, %s\n%s=stand-in\n' "$family" "$why" "$from_name"
}

# Finds the choices, records and exports them.
feed_probe() {
  local key=$1 part code=0 pids=() parts=(orleans torchsharp console)
  say "asking the package feeds what they hold"
  mkdir -p -- "$root/artifacts/probe"
  settle orleans OrleansFrom OrleansVersion Microsoft.Orleans.Server Microsoft.Orleans.Client Microsoft.Orleans.Sdk Microsoft.Orleans.Connections.Security >"$root/artifacts/probe/orleans.part" & pids+=($!)
  settle torchsharp TorchSharpFrom TorchSharpVersion TorchSharp >"$root/artifacts/probe/torchsharp.part" & pids+=($!)
  settle console ConsoleExporterFrom OpenTelemetryVersion OpenTelemetry.Exporter.Console >"$root/artifacts/probe/console.part" & pids+=($!)
  for part in "${pids[@]}"; do
    wait "$part" || code=$?
  done
  [ $code -eq 0 ] || exit $code
  {
    echo "# Where each package family comes from, found by restoring it. Delete this file to ask the feeds again."
    # An unreachable feed is no answer worth keeping: without its key the file is read by people only.
    if grep -q 'NU1301\|no answer within' "$root"/artifacts/probe/*.part; then
      echo "# A feed could not be reached; it is asked again at the next build."
    fi
    echo "key=$key"
    for part in "${parts[@]}"; do
      cat -- "$root/artifacts/probe/$part.part"
    done
  } >"$feed_file.new"
  mv -f -- "$feed_file.new" "$feed_file"
  rm -rf -- "$root/artifacts/probe"
  feed_load "$key"
  say "orleans $OrleansFrom, torchsharp $TorchSharpFrom, console exporter $ConsoleExporterFrom (artifacts/feed.probe says why)"
}

# The name of the output folder; must say the same as eng/Flavours.props.
flavour() {
  local orleans=$OrleansFrom torch=$TorchSharpFrom console=$ConsoleExporterFrom
  [ "$orleans" != package ] || orleans=$OrleansVersion
  [ "$torch" != package ] || torch=$TorchSharpVersion-$TorchSharpBackend
  [ "$console" != package ] || console=$OpenTelemetryVersion
  printf 'orleans-%s_torchsharp-%s_console-%s' "$orleans" "$torch" "$console"
}

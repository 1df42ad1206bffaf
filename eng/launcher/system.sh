# What must be on the machine before anything can be built: the .NET SDK, and where the tensor stand-in is used, a libtorch and a compiler.

find_dotnet() {
  local candidate
  for candidate in "${DOTNET_ROOT-}/dotnet" "$(command -v dotnet)" "${HOME-}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [ -x "$candidate" ]; then
      dotnet=$candidate
      return 0
    fi
  done
  return 1
}

# Debian's packages that are missing, one a line.
missing_packages() {
  find_dotnet || echo dotnet-sdk-10.0
  [ "$TorchSharpFrom" = stand-in ] || return 0
  command -v cmake >/dev/null || echo cmake
  command -v make >/dev/null || command -v ninja >/dev/null || echo make
  command -v g++ >/dev/null || [ -n "${CXX-}" ] || echo g++
  if [ -z "${TORCH_DIR-}" ]; then
    [ -e /usr/include/ATen/ATen.h ] || echo libtorch-dev
    # The pthread build of OpenBLAS fights with libtorch's OpenMP threads over the cores.
    compgen -G '/usr/lib/*/openblas-openmp/libblas.so.3' >/dev/null || echo libopenblas0-openmp
  fi
}

install_packages() {
  local packages=("$@") as_root=()
  local command="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
  command -v apt-get >/dev/null || fail 1 "missing: ${packages[*]}. This is no Debian or Ubuntu, so please install them by your system's own means; any libtorch from 1.13 to 2.11 will do: TORCH_DIR=its-folder."
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; } || fail 1 "missing: ${packages[*]}. Please have them installed: sudo sh -c '$command'"
    as_root=(sudo)
  fi
  say "installing ${packages[*]} (apt-get)"
  quietly apt "${as_root[@]}" sh -c "export DEBIAN_FRONTEND=noninteractive; $command" || fail 1 "apt-get could not install ${packages[*]}. By hand: sudo sh -c '$command'; another libtorch: TORCH_DIR=its-folder."
}

require_dotnet() {
  find_dotnet || { command -v apt-cache >/dev/null && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1 && install_packages dotnet-sdk-10.0; }
  find_dotnet || fail 1 "the .NET 10 SDK is missing. Get it from https://dot.net/download, or: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
  (cd -- "$root" && "$dotnet" --version >/dev/null 2>&1) || fail 1 "the .NET SDK at $dotnet is not version 10: $("$dotnet" --list-sdks | tr '\n' ' '). Get it from https://dot.net/download"
}

require_system() {
  local missing=()
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

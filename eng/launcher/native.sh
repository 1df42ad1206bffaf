# The native layer of the tensor stand-in, compiled against the libtorch of this machine: artifacts/native/VARIANT/libneurotrails_torch.so.

# A folder for each libtorch, so that changing TORCH_DIR back and forth compiles nothing twice.
native_variant() {
  if [ -z "${TORCH_DIR-}" ]; then
    printf 'system'
  else
    printf 'torch-%s' "$(readlink -f -- "$TORCH_DIR" | cksum | cut -d ' ' -f 1)"
  fi
}

native_library() { printf '%s/artifacts/native/%s/libneurotrails_torch.so' "$root" "$(native_variant)"; }

# torch_library_folder: where TORCH_DIR keeps its shared libraries; a python installation's folder works as well.
torch_library_folder() { dirname -- "$(find "$TORCH_DIR/lib" "$TORCH_DIR/lib64" -name libtorch_cpu.so -print -quit 2>/dev/null)"; }

build_native() {
  [ "$TorchSharpFrom" = stand-in ] || return 0
  local folder options=()
  folder="$root/artifacts/native/$(native_variant)"
  if [ -n "${TORCH_DIR-}" ]; then
    { [ -e "$TORCH_DIR/include/ATen/ATen.h" ] && [ -e "$(torch_library_folder)/libtorch_cpu.so" ]; } \
      || fail 2 "TORCH_DIR=$TORCH_DIR holds no libtorch: include/ATen/ATen.h and lib/libtorch_cpu.so are looked for. Give the folder that contains include and lib; of a python installation that is …/site-packages/torch."
    options=("-DTORCH_DIR=$(readlink -f -- "$TORCH_DIR")")
    # Builds of PyTorch before 2.6 came with the old std::string; a library that was compiled otherwise cannot be called.
    nm -D "$(torch_library_folder)/libc10.so" 2>/dev/null | grep -q '__cxx11' || options+=(-DNEUROTRAILS_CXX11_ABI=0)
  fi
  [ -e "$(native_library)" ] || say "compiling the native layer against ${TORCH_DIR:-the libtorch of this system} (a few minutes, once)"
  # The same folders as embedded/TorchSharp/Native.targets, which does this work in a plain dotnet build.
  quietly native-configure cmake -S "$root/embedded/native" -B "$folder/build" -DCMAKE_BUILD_TYPE=Release "${options[@]}" \
    || fail 1 "the native layer could not be configured"
  quietly native-compile cmake --build "$folder/build" --parallel "$(nproc)" || fail 1 "the native layer could not be compiled"
  # Renamed into place, because a running program may have the old one mapped.
  cmp -s -- "$folder/build/libneurotrails_torch.so" "$folder/libneurotrails_torch.so" && return 0
  cp -f -- "$folder/build/libneurotrails_torch.so" "$folder/libneurotrails_torch.so.new" \
    && mv -f -- "$folder/libneurotrails_torch.so.new" "$folder/libneurotrails_torch.so"
}

// CUDA, through ATen's hooks where they suffice.
#include "api.h"
#include <ATen/Context.h>
#if NT_CUDA_RUNTIME
#include <cuda_runtime_api.h>
#endif

NT int nt_cuda_available() {
  int result = 0;
  nt::status([&] { result = at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0; });
  return result;
}
NT int nt_cuda_device_count() {
  int result = 0;
  nt::status([&] { result = at::hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0; });
  return result;
}
NT int nt_cudnn_available() {
  int result = 0;
  nt::status([&] { result = at::globalContext().hasCUDA() && at::detail::getCUDAHooks().compiledWithCuDNN(); });
  return result;
}
NT int nt_cuda_synchronize(int device_index) {
  RETURN_STATUS(TORCH_CHECK(at::hasCUDA(), "this libtorch has no CUDA"); at::detail::getCUDAHooks().deviceSynchronize(
             static_cast<c10::DeviceIndex>(device_index < 0 ? 0 : device_index)));
}

// Bytes free and in all on a device; a status other than 0 where that cannot be known.
NT int nt_cuda_memory(int device_index, int64_t* free_bytes, int64_t* total_bytes) {
#if NT_CUDA_RUNTIME
  RETURN_STATUS(int before = 0; cudaGetDevice(&before); cudaSetDevice(device_index); size_t f = 0, t = 0; auto result = cudaMemGetInfo(&f,
      &t);
         cudaSetDevice(before); TORCH_CHECK(result == cudaSuccess, cudaGetErrorString(result)); *free_bytes = f; *total_bytes = t);
#else
  (void)device_index, (void)free_bytes, (void)total_bytes;
  RETURN_STATUS(TORCH_CHECK(false, "built without the CUDA runtime's headers: device memory is not known"));
#endif
}
NT int nt_set_allow_tf32(bool cublas, bool value) {
  RETURN_STATUS(if (cublas) at::globalContext().setAllowTF32CuBLAS(value); else at::globalContext().setAllowTF32CuDNN(value));
}
NT int nt_get_allow_tf32(bool cublas) { return cublas ? at::globalContext().allowTF32CuBLAS() : at::globalContext().allowTF32CuDNN(); }

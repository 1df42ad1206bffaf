// A cache of big CPU buffers.
//
// A training step allocates and frees the same hundreds of megabytes of activations every time. glibc gives them back to the kernel
// at the end of the step and faults every page in again in the next one, which costs a tenth of the step and more. Here freed buffers
// are kept by size and handed out again. What is held, used or not, never exceeds a quarter more than the most that was ever in use.
#include "api.h"
#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace {

constexpr size_t kAlignment = 64;          // torch's own
constexpr size_t kHeader = 64;             // holds the size, in front of the data, so that a pointer alone is enough to free
constexpr size_t kSmall = size_t{1} << 16; // below this malloc's own caches are better
constexpr size_t kHuge = size_t{1} << 21;
constexpr size_t kSlack = size_t{64} << 20;

struct Header {
  size_t size;  // of the whole block
};

class Cache {
 public:
  void* take(size_t size) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      // A block up to an eighth too big is better than a new one.
      auto found = free_.lower_bound(size);
      if (found != free_.end() && found->first <= size + size / 8) {
        void* block = found->second;
        used_ += found->first;
        cached_ -= found->first;
        free_.erase(found);
        note_peak();
        return block;
      }
      used_ += size;
      note_peak();
      evict();
    }
    return fresh(size);
  }

  void give(void* block, size_t size) {
    std::lock_guard<std::mutex> lock(mutex_);
    used_ -= size;
    cached_ += size;
    free_.emplace(size, block);
    evict();
  }

  void clear() {
    std::lock_guard<std::mutex> lock(mutex_);
    for (auto& entry : free_) std::free(entry.second);
    free_.clear();
    cached_ = 0;
    peak_ = used_;
  }

  void failed(size_t size) {
    std::lock_guard<std::mutex> lock(mutex_);
    used_ -= size;
  }

  void report(int64_t* used, int64_t* cached) {
    std::lock_guard<std::mutex> lock(mutex_);
    *used = static_cast<int64_t>(used_);
    *cached = static_cast<int64_t>(cached_);
  }

  static void* fresh(size_t size) {
    void* block = nullptr;
    bool huge = size >= kHuge;
    if (posix_memalign(&block, huge ? kHuge : kAlignment, size)) return nullptr;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (huge) madvise(block, size, MADV_HUGEPAGE);
#endif
    return block;
  }

 private:
  void note_peak() {
    if (used_ > peak_) peak_ = used_;
  }

  // The smallest go first: they are the cheapest to make again, and many small ones are what fragments.
  void evict() {
    size_t limit = peak_ + peak_ / 4 + kSlack;
    while (used_ + cached_ > limit && !free_.empty()) {
      auto victim = free_.begin();
      cached_ -= victim->first;
      std::free(victim->second);
      free_.erase(victim);
    }
  }

  std::mutex mutex_;
  std::multimap<size_t, void*> free_;
  size_t used_ = 0, cached_ = 0, peak_ = 0;
};

// Never destroyed: tensors may outlive every static object.
Cache& cache() {
  static Cache* instance = new Cache();
  return *instance;
}

void release(void* data) {
  if (!data) return;
  auto block = static_cast<char*>(data) - kHeader;
  size_t size = reinterpret_cast<Header*>(block)->size;
  if (size < kSmall) {
    std::free(block);
  } else {
    cache().give(block, size);
  }
}

void* obtain(size_t n) {
  size_t size = n + kHeader;
  void* block;
  if (size < kSmall) {
    if (posix_memalign(&block, kAlignment, size)) block = nullptr;
  } else {
    // Sizes in steps of a sixteenth of their power of two, so that buffers of nearly equal size share blocks.
    size_t step = size_t{1} << (59 - __builtin_clzll(size));
    size = (size + step - 1) / step * step;
    block = cache().take(size);
    if (!block) {
      cache().clear();
      block = Cache::fresh(size);
      if (!block) cache().failed(size);
    }
  }
  TORCH_CHECK(block, "out of memory: ", n, " bytes for a tensor on the CPU");
  static_cast<Header*>(block)->size = size;
  return static_cast<char*>(block) + kHeader;
}

// libtorch made `allocate` non-const and added `copy_data` on the way from 1.13 to 2.x; without `override` both fit.
struct CachingAllocator final : c10::Allocator {
  c10::DataPtr make(size_t n) const {
    if (n == 0) return {nullptr, nullptr, &release, c10::Device(c10::DeviceType::CPU)};
    void* data = obtain(n);
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }
  c10::DataPtr allocate(size_t n) const { return make(n); }
  c10::DataPtr allocate(size_t n) { return make(n); }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void* to, const void* from, size_t n) const { std::memcpy(to, from, n); }
};

CachingAllocator allocator;

// The cache can be switched off, for tools that watch the heap.
struct Install {
  Install() {
    const char* choice = std::getenv("NEUROTRAILS_ALLOCATOR");
    if (!choice || std::strcmp(choice, "system") != 0) c10::SetCPUAllocator(&allocator);
  }
} install;

}  // namespace

// Bytes of big CPU buffers in use and kept for later.
NT void nt_cpu_memory(int64_t* used, int64_t* cached) { cache().report(used, cached); }
NT void nt_cpu_memory_release() { cache().clear(); }

// The same numbers, arranged otherwise.
#include "api.h"

NT T_ nt_view(T_ x, const int64_t* size, int n) { RETURN_TENSOR(x->view(nt::ints(size, n))); }
NT T_ nt_reshape(T_ x, const int64_t* size, int n) { RETURN_TENSOR(at::reshape(*x, nt::ints(size, n))); }
NT T_ nt_permute(T_ x, const int64_t* dims, int n) { RETURN_TENSOR(at::permute(*x, nt::ints(dims, n))); }
NT T_ nt_expand(T_ x, const int64_t* size, int n, bool implicit) { RETURN_TENSOR(x->expand(nt::ints(size, n), implicit)); }
NT T_ nt_repeat(T_ x, const int64_t* counts, int n) { RETURN_TENSOR(x->repeat(nt::ints(counts, n))); }
NT T_ nt_tile(T_ x, const int64_t* counts, int n) { RETURN_TENSOR(at::tile(*x, nt::ints(counts, n))); }
NT T_ nt_flip(T_ x, const int64_t* dims, int n) { RETURN_TENSOR(at::flip(*x, nt::ints(dims, n))); }
NT T_ nt_roll(T_ x, const int64_t* shifts, int n, const int64_t* dims, int m) { RETURN_TENSOR(at::roll(*x, nt::ints(shifts, n),
    nt::ints(dims, m))); }
NT T_ nt_movedim(T_ x, const int64_t* from, int n, const int64_t* to, int m) { RETURN_TENSOR(at::movedim(*x, nt::ints(from, n), nt::ints(to,
    m))); }
NT T_ nt_as_strided(T_ x, const int64_t* size, int n, const int64_t* strides, int m, int64_t offset) {
  RETURN_TENSOR(at::as_strided(*x, nt::ints(size, n), nt::ints(strides, m), offset));
}
NT T_ nt_transpose(T_ x, int64_t a, int64_t b) { RETURN_TENSOR(at::transpose(*x, a, b)); }
NT T_ nt_t(T_ x) { RETURN_TENSOR(at::t(*x)); }
NT T_ nt_adjoint(T_ x) { RETURN_TENSOR(x->mT()); }
NT T_ nt_unsqueeze(T_ x, int64_t dim) { RETURN_TENSOR(at::unsqueeze(*x, dim)); }
NT int nt_unsqueeze_(T_ x, int64_t dim) { RETURN_STATUS(x->unsqueeze_(dim)); }
NT T_ nt_squeeze(T_ x, const int64_t* dim, int n) { RETURN_TENSOR(n ? at::squeeze(*x, *dim) : at::squeeze(*x)); }
NT int nt_squeeze_(T_ x, const int64_t* dim, int n) { RETURN_STATUS(n ? x->squeeze_(*dim) : x->squeeze_()); }
NT T_ nt_flatten(T_ x, int64_t start, int64_t end) { RETURN_TENSOR(at::flatten(*x, start, end)); }
NT T_ nt_unflatten(T_ x, int64_t dim, const int64_t* sizes, int n) {
  return nt::tensor([&] {
    auto size = x->sizes().vec();
    auto at_dim = dim < 0 ? dim + x->dim() : dim;
    TORCH_CHECK(at_dim >= 0 && at_dim < x->dim(), "unflatten: dimension ", dim, " of a tensor with ", x->dim(), " dimensions");
    size.erase(size.begin() + at_dim);
    size.insert(size.begin() + at_dim, sizes, sizes + n);
    return x->view(size);
  });
}
NT T_ nt_narrow(T_ x, int64_t dim, int64_t start, int64_t length) { RETURN_TENSOR(at::narrow(*x, dim, start, length)); }
NT T_ nt_slice(T_ x, int64_t dim, int64_t start, int64_t finish, int64_t step) { RETURN_TENSOR(at::slice(*x, dim, start, finish, step)); }
NT T_ nt_select(T_ x, int64_t dim, int64_t index) { RETURN_TENSOR(at::select(*x, dim, index)); }
NT T_ nt_unfold(T_ x, int64_t dim, int64_t size, int64_t step) { RETURN_TENSOR(x->unfold(dim, size, step)); }
NT T_ nt_tril(T_ x, int64_t diagonal) { RETURN_TENSOR(at::tril(*x, diagonal)); }
NT T_ nt_triu(T_ x, int64_t diagonal) { RETURN_TENSOR(at::triu(*x, diagonal)); }
NT T_ nt_diag(T_ x, int64_t diagonal) { RETURN_TENSOR(at::diag(*x, diagonal)); }
NT T_ nt_diagonal(T_ x, int64_t offset, int64_t a, int64_t b) { RETURN_TENSOR(at::diagonal(*x, offset, a, b)); }
NT T_ nt_repeat_interleave(T_ x, int64_t repeats, const int64_t* dim, int n) { RETURN_TENSOR(at::repeat_interleave(*x, repeats,
    nt::optional_long(dim, n))); }
NT T_ nt_repeat_interleave_t(T_ x, T_ repeats, const int64_t* dim, int n) { RETURN_TENSOR(at::repeat_interleave(*x, *repeats,
    nt::optional_long(dim, n))); }

NT T_ nt_cat(T_ const* tensors, int n, int64_t dim) { RETURN_TENSOR(at::cat(nt::list(tensors, n), dim)); }
NT T_ nt_stack(T_ const* tensors, int n, int64_t dim) { RETURN_TENSOR(at::stack(nt::list(tensors, n), dim)); }
NT int nt_broadcast_tensors(T_ const* tensors, int n, T_** out,
    int* count) { RETURN_STATUS(*out = nt::give(at::broadcast_tensors(nt::list(tensors, n)), count)); }
NT int nt_meshgrid(T_ const* tensors, int n, const char* indexing, T_** out, int* count) {
  RETURN_STATUS(*out = nt::give(at::meshgrid(nt::list(tensors, n), indexing), count));
}
NT int nt_split(T_ x, int64_t size, int64_t dim, T_** out, int* count) { RETURN_STATUS(*out = nt::give(at::split(*x, size, dim), count)); }
NT int nt_split_sizes(T_ x, const int64_t* sizes, int n, int64_t dim, T_** out, int* count) {
  RETURN_STATUS(*out = nt::give(at::split_with_sizes(*x, nt::ints(sizes, n), dim), count));
}
NT int nt_chunk(T_ x, int64_t chunks, int64_t dim, T_** out, int* count) { RETURN_STATUS(*out = nt::give(at::chunk(*x, chunks, dim),
    count)); }
NT int nt_unbind(T_ x, int64_t dim, T_** out, int* count) { RETURN_STATUS(*out = nt::give(at::unbind(*x, dim), count)); }

// Products of matrices.
#include "api.h"

NT T_ nt_matmul(T_ x, T_ y) { RETURN_TENSOR(at::matmul(*x, *y)); }
NT T_ nt_mm(T_ x, T_ y) { RETURN_TENSOR(at::mm(*x, *y)); }
NT T_ nt_mv(T_ x, T_ y) { RETURN_TENSOR(at::mv(*x, *y)); }
NT T_ nt_bmm(T_ x, T_ y) { RETURN_TENSOR(at::bmm(*x, *y)); }
NT T_ nt_dot(T_ x, T_ y) { RETURN_TENSOR(at::dot(*x, *y)); }
NT T_ nt_outer(T_ x, T_ y) { RETURN_TENSOR(at::outer(*x, *y)); }
NT T_ nt_addmm(T_ x, T_ a, T_ b, double beta, double alpha) { RETURN_TENSOR(at::addmm(*x, *a, *b, beta, alpha)); }
NT int nt_addmm_(T_ x, T_ a, T_ b, double beta, double alpha) { RETURN_STATUS(x->addmm_(*a, *b, beta, alpha)); }
NT T_ nt_baddbmm(T_ x, T_ a, T_ b, double beta, double alpha) { RETURN_TENSOR(at::baddbmm(*x, *a, *b, beta, alpha)); }
NT T_ nt_einsum(const char* equation, T_ const* tensors, int n) { RETURN_TENSOR(at::einsum(equation, nt::list(tensors, n))); }
NT T_ nt_tensordot(T_ x, T_ y, const int64_t* a, int n, const int64_t* b, int m) { RETURN_TENSOR(at::tensordot(*x, *y, nt::ints(a, n),
    nt::ints(b, m))); }
NT T_ nt_trace(T_ x) { RETURN_TENSOR(at::trace(*x)); }
NT T_ nt_inv(T_ x) { RETURN_TENSOR(at::linalg_inv(*x)); }
NT T_ nt_det(T_ x) { RETURN_TENSOR(at::linalg_det(*x)); }
NT T_ nt_solve(T_ a, T_ b) { RETURN_TENSOR(at::linalg_solve(*a, *b)); }
NT T_ nt_cholesky(T_ x) { RETURN_TENSOR(at::linalg_cholesky(*x)); }
NT int nt_qr(T_ x, T_* q, T_* r) { RETURN_STATUS(nt::give2(at::linalg_qr(*x), q, r)); }
NT int nt_eigh(T_ x, T_* values, T_* vectors) { RETURN_STATUS(nt::give2(at::linalg_eigh(*x), values, vectors)); }
NT int nt_svd(T_ x, bool full, T_* u, T_* s, T_* vh) {
  RETURN_STATUS(auto r = at::linalg_svd(*x, full); nt::give2(r, u, s); *vh = new at::Tensor(std::get<2>(r)));
}
NT T_ nt_cdist(T_ x, T_ y, double p) { RETURN_TENSOR(at::cdist(*x, *y, p)); }

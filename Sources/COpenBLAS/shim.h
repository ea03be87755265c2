#ifndef PLIMSOLL_COPENBLAS_SHIM_H
#define PLIMSOLL_COPENBLAS_SHIM_H

// OpenBLAS as Debian ships it (libopenblas-dev): CBLAS, and the library's own calls for its
// threads and build description. Where cblas.h lies comes from pkg-config.
#include <cblas.h>

// LAPACK's Fortran symbols are in the same library; its package brings no header for them. The last
// argument of some is the hidden length of a character.
void dgesv_(const int *n, const int *nrhs, double *a, const int *lda, int *ipiv, double *b,
            const int *ldb, int *info);
void dgecon_(const char *norm, const int *n, const double *a, const int *lda, const double *anorm,
             double *rcond, double *work, int *iwork, int *info, unsigned long norm_length);
// Least squares by the singular values, and the singular values themselves.
void dgelsd_(const int *m, const int *n, const int *nrhs, double *a, const int *lda, double *b,
             const int *ldb, double *s, const double *rcond, int *rank, double *work,
             const int *lwork, int *iwork, int *info);
void dgesdd_(const char *jobz, const int *m, const int *n, double *a, const int *lda, double *s,
             double *u, const int *ldu, double *vt, const int *ldvt, double *work,
             const int *lwork, int *iwork, int *info, unsigned long jobz_length);

#endif

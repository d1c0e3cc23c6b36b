// Small dense linear algebra on row-major Float64Arrays. No DOM; tested against rnn_core.

/** C = A B for m×m matrices; `out` must be neither A nor B. */
export function multiply(A, B, m, out = new Float64Array(m * m)) {
  out.fill(0);
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < m; l++) {
      const a = A[i * m + l];
      for (let j = 0; j < m; j++) out[i * m + j] += a * B[l * m + j];
    }
  }
  return out;
}

/** The symmetric matrix A Aᵀ. */
function gram(A, m) {
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let l = 0; l < m; l++) sum += A[i * m + l] * A[j * m + l];
      out[i * m + j] = sum;
      out[j * m + i] = sum;
    }
  }
  return out;
}

/** The largest |entry|. */
export function maxAbs(A) {
  let largest = 0;
  for (let i = 0; i < A.length; i++) largest = Math.max(largest, Math.abs(A[i])); // faster than for…of
  return largest;
}

/**
 * ‖A‖₂, the largest singular value: √λ_max(A Aᵀ).
 *
 * Not power iteration: it stalls when the two largest singular values nearly coincide, and in an
 * orthogonal matrix all of them do. Squaring loses nothing here, since only the largest is wanted.
 */
export function spectralNorm(A, m) {
  const scale = maxAbs(A);
  if (scale === 0) return 0;
  const scaled = A.map((a) => a / scale);
  return scale * Math.sqrt(largestOfSymmetric(gram(scaled, m), m));
}

/** The largest eigenvalue of a symmetric matrix, which is overwritten. */
export function largestOfSymmetric(S, m) {
  const { diagonal, beside } = tridiagonalise(S, m);
  return largestEigenvalue(diagonal, beside);
}

/** The two largest singular values; the second to about 1e-9 of the first, which is enough to draw it. */
export function twoLargest(A, m) {
  const scale = maxAbs(A);
  if (scale === 0 || m < 2) return [scale, 0];
  const { diagonal, beside } = tridiagonalise(gram(A.map((a) => a / scale), m), m);
  const most = largestEigenvalue(diagonal, beside);
  return [most, secondEigenvalue(diagonal, beside, most)].map((value) => scale * Math.sqrt(value));
}

/** The second largest eigenvalue of a symmetric tridiagonal matrix that has none below 0, by the same counting. */
function secondEigenvalue(diagonal, beside, most) {
  let [low, high] = [0, most];
  for (let i = 0; i < 64; i++) {
    const middle = (low + high) / 2;
    let pivot = 1;
    let count = 0; // of the eigenvalues above `middle`
    for (let j = 0; j < diagonal.length; j++) {
      pivot = diagonal[j] - middle - (j > 0 ? (beside[j - 1] * beside[j - 1]) / (pivot || Number.MIN_VALUE) : 0);
      if (pivot > 0) count += 1;
    }
    if (count >= 2) low = middle;
    else high = middle;
  }
  return low;
}

/** Householder reduction of a symmetric matrix (overwritten) to tridiagonal form. Golub & Van Loan, 8.3.1. */
function tridiagonalise(S, m) {
  const diagonal = new Float64Array(m);
  const beside = new Float64Array(Math.max(m - 1, 0));
  const v = new Float64Array(m);
  const w = new Float64Array(m);
  for (let k = 0; k < m - 1; k++) {
    let squares = 0;
    for (let i = k + 1; i < m; i++) squares += S[i * m + k] ** 2;
    const first = S[(k + 1) * m + k];
    beside[k] = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    const half = squares - first * beside[k]; // vᵀv / 2
    if (half <= 0) continue; // the column is zero already
    for (let i = k + 1; i < m; i++) v[i] = S[i * m + k];
    v[k + 1] -= beside[k];
    let vw = 0;
    for (let i = k + 1; i < m; i++) {
      let sum = 0;
      for (let j = k + 1; j < m; j++) sum += S[i * m + j] * v[j];
      w[i] = sum / half;
      vw += v[i] * w[i];
    }
    for (let i = k + 1; i < m; i++) w[i] -= (vw / (2 * half)) * v[i];
    for (let i = k + 1; i < m; i++) {
      for (let j = k + 1; j < m; j++) S[i * m + j] -= v[i] * w[j] + w[i] * v[j];
    }
  }
  for (let k = 0; k < m; k++) diagonal[k] = S[k * m + k];
  return { diagonal, beside };
}

/** λ_max of a symmetric tridiagonal matrix, by bisection on the sign of its Sturm sequence. */
function largestEigenvalue(diagonal, beside) {
  const m = diagonal.length;
  let low = -Infinity;
  let high = -Infinity;
  for (let i = 0; i < m; i++) {
    low = Math.max(low, diagonal[i]); // a Rayleigh quotient
    high = Math.max(high, diagonal[i] + Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0)); // Gershgorin
  }
  let middle = low + (high - low) / 2;
  while (middle > low && middle < high) { // ends when no number lies between them, and at once for NaN
    let pivot = 1;
    let above = true;
    for (let i = 0; i < m && above; i++) {
      pivot = diagonal[i] - middle - (i > 0 ? beside[i - 1] ** 2 / pivot : 0);
      above = pivot < 0; // all pivots negative: every eigenvalue lies below `middle`
    }
    if (above) high = middle;
    else low = middle;
    middle = low + (high - low) / 2;
  }
  return high;
}

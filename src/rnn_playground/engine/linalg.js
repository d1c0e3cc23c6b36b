// Eigenvalues, singular values and orthogonal factors of small square matrices, row by row in Float64Arrays.
import { maxAbs } from "../../rnn_widgets/kit/linalg.js";

export { largestOfSymmetric, maxAbs, multiply, spectralNorm } from "../../rnn_widgets/kit/linalg.js";

const EPS = 2 ** -52;

/** The orthogonal factor Q of A = QR with a positive diagonal of R, so that Q is unique. Gram–Schmidt, twice: once loses digits. */
export function orthogonalFactor(A, m) {
  const Q = Float64Array.from(A);
  for (let j = 0; j < m; j++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let l = 0; l < j; l++) {
        let dot = 0;
        for (let i = 0; i < m; i++) dot += Q[i * m + l] * Q[i * m + j];
        for (let i = 0; i < m; i++) Q[i * m + j] -= dot * Q[i * m + l];
      }
    }
    let squares = 0;
    for (let i = 0; i < m; i++) squares += Q[i * m + j] ** 2;
    for (let i = 0; i < m; i++) Q[i * m + j] /= Math.sqrt(squares);
  }
  return Q;
}

/** All singular values, largest first: one-sided Jacobi, which turns pairs of rows until all are orthogonal. */
export function singularValues(A, m) {
  const scale = maxAbs(A) || 1; // else squares of small entries vanish
  const U = A.map((entry) => entry / scale);
  for (let sweep = 0; sweep < 40; sweep++) {
    let turned = false;
    for (let p = 0; p < m - 1; p++) {
      for (let q = p + 1; q < m; q++) turned = turnRows(U, p * m, q * m, m) || turned;
    }
    if (!turned) break;
  }
  const values = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    let squares = 0;
    for (let i = 0; i < m; i++) squares += U[j * m + i] ** 2;
    values[j] = scale * Math.sqrt(squares);
  }
  return values.sort().reverse();
}

function turnRows(U, p, q, m) {
  let [a, b, c] = [0, 0, 0];
  for (let i = 0; i < m; i++) {
    const x = U[p + i];
    const y = U[q + i];
    a += x * x;
    b += y * y;
    c += x * y;
  }
  if (!(Math.abs(c) > 1e-14 * Math.sqrt(a * b))) return false; // also for NaN
  const zeta = (b - a) / (2 * c);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < m; i++) {
    const x = U[p + i];
    const y = U[q + i];
    U[p + i] = cosine * x - sine * y;
    U[q + i] = sine * x + cosine * y;
  }
  return true;
}

/** All eigenvalues { re, im }: Hessenberg form, then Francis's double steps. Golub & Van Loan, 7.4.2 and 7.5.1. */
export function eigenvalues(A, m) {
  const re = new Float64Array(m).fill(NaN);
  const im = new Float64Array(m).fill(NaN);
  if (!A.every(Number.isFinite)) return { re, im };
  const scale = maxAbs(A) || 1; // else squares of small entries vanish
  const H = hessenberg(A.map((entry) => entry / scale), m);
  const norm = maxAbs(H);
  let hi = m - 1;
  let tries = 0;
  while (hi >= 0) {
    const lo = deflated(H, m, hi, norm);
    if (lo >= hi - 1) {
      if (lo === hi) {
        re[hi] = H[hi * m + hi];
        im[hi] = 0;
      } else ofTwo(H, m, lo, re, im);
      hi = lo - 1;
      tries = 0;
    } else if (tries < 100) {
      tries += 1;
      doubleStep(H, m, lo, hi, tries % 10 === 0);
    } else break; // it has never been seen; NaN says so
  }
  return { re: re.map((part) => scale * part), im: im.map((part) => scale * part) };
}

/** Where the last block begins that no small entry beside the diagonal cuts off. */
function deflated(H, m, hi, norm) {
  let lo = hi;
  for (; lo > 0; lo--) {
    const near = Math.abs(H[(lo - 1) * m + lo - 1]) + Math.abs(H[lo * m + lo]);
    if (Math.abs(H[lo * m + lo - 1]) <= EPS * (near || norm)) break;
  }
  return lo;
}

/** Both eigenvalues of the block at rows lo and lo + 1. */
function ofTwo(H, m, lo, re, im) {
  const at = lo * m + lo;
  const [a, b, c, d] = [H[at], H[at + 1], H[at + m], H[at + m + 1]];
  const half = (a - d) / 2;
  const square = half * half + b * c;
  if (square < 0) {
    re[lo] = re[lo + 1] = (a + d) / 2;
    im[lo] = Math.sqrt(-square);
    im[lo + 1] = -im[lo];
    return;
  }
  const far = half + (half < 0 ? -1 : 1) * Math.sqrt(square);
  re[lo] = d + far;
  re[lo + 1] = far === 0 ? d : d - (b * c) / far;
  im[lo] = im[lo + 1] = 0;
}

function hessenberg(A, m) {
  const H = Float64Array.from(A);
  const v = new Float64Array(m);
  for (let k = 0; k < m - 2; k++) {
    for (let i = k + 1; i < m; i++) v[i] = H[i * m + k];
    reflect(H, m, v, k + 1, m, 0, m, k);
  }
  return H;
}

/** H = P H P with the reflection that sends v[from..to) to its first axis; the columns from `left`, the rows up to `bottom`. */
function reflect(H, m, v, from, to, top, bottom, left) {
  let scale = 0;
  for (let i = from; i < to; i++) scale = Math.max(scale, Math.abs(v[i]));
  if (scale === 0) return;
  let squares = 0;
  for (let i = from; i < to; i++) squares += (v[i] /= scale) ** 2;
  v[from] += (v[from] < 0 ? -1 : 1) * Math.sqrt(squares);
  let length = 0;
  for (let i = from; i < to; i++) length += v[i] ** 2;
  for (let j = left; j < m; j++) {
    let dot = 0;
    for (let i = from; i < to; i++) dot += v[i] * H[i * m + j];
    for (let i = from; i < to; i++) H[i * m + j] -= ((2 * dot) / length) * v[i];
  }
  for (let i = top; i < bottom; i++) {
    let dot = 0;
    for (let j = from; j < to; j++) dot += H[i * m + j] * v[j];
    for (let j = from; j < to; j++) H[i * m + j] -= ((2 * dot) / length) * v[j];
  }
}

/** One step with two shifts on rows lo to hi; from time to time with other shifts, since a few matrices stand still. */
function doubleStep(H, m, lo, hi, other) {
  const h = (i, j) => H[i * m + j];
  let trace = h(hi - 1, hi - 1) + h(hi, hi);
  let determinant = h(hi - 1, hi - 1) * h(hi, hi) - h(hi - 1, hi) * h(hi, hi - 1);
  if (other) {
    const near = Math.abs(h(hi, hi - 1)) + Math.abs(h(hi - 1, hi - 2));
    trace = 1.5 * near;
    determinant = near * near;
  }
  const v = new Float64Array(m);
  v[lo] = h(lo, lo) ** 2 + h(lo, lo + 1) * h(lo + 1, lo) - trace * h(lo, lo) + determinant;
  v[lo + 1] = h(lo + 1, lo) * (h(lo, lo) + h(lo + 1, lo + 1) - trace);
  v[lo + 2] = h(lo + 1, lo) * h(lo + 2, lo + 1);
  for (let k = lo; k < hi; k++) {
    const to = Math.min(k + 3, hi + 1);
    reflect(H, m, v, k, to, 0, Math.min(k + 4, hi + 1), Math.max(k - 1, lo));
    for (let i = k + 1; i < Math.min(k + 4, hi + 1); i++) v[i] = h(i, k);
  }
}

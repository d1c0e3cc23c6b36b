// Products of row-major matrices, in blocks that keep several sums under way: a sum has to wait for the one before it.
//
// Where all three arrays lie in a workspace of simd.js, WebAssembly does it.

/**
 * C[r, i] = (or +=) Σ_j A[r, j] W[i, j], that is A Wᵀ. A begins at `a` and has rows of `inner` numbers; C begins at `c` and has
 * rows of `outer`; W is (outer, inner).
 */
export function timesTransposed(A, a, rows, inner, W, outer, C, c, add) {
  const { products } = A.buffer;
  if (products && W.buffer === A.buffer && C.buffer === A.buffer) {
    products.times(A.byteOffset + 8 * a, rows, inner, W.byteOffset, outer, C.byteOffset + 8 * c, add ? 1 : 0);
    return;
  }
  let r = 0;
  for (; r + 1 < rows; r += 2) {
    const a0 = a + r * inner;
    const c0 = c + r * outer;
    twoRows(A, a0, a0 + inner, inner, W, outer, C, c0, c0 + outer, add);
  }
  if (r < rows) oneRow(A, a + r * inner, inner, W, outer, C, c + r * outer, add);
}

function twoRows(A, a0, a1, inner, W, outer, C, c0, c1, add) {
  let i = 0;
  for (; i + 3 < outer; i += 4) {
    const w0 = i * inner;
    const w1 = w0 + inner;
    const w2 = w1 + inner;
    const w3 = w2 + inner;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let u0 = 0;
    let u1 = 0;
    let u2 = 0;
    let u3 = 0;
    if (add) {
      s0 = C[c0 + i];
      s1 = C[c0 + i + 1];
      s2 = C[c0 + i + 2];
      s3 = C[c0 + i + 3];
      u0 = C[c1 + i];
      u1 = C[c1 + i + 1];
      u2 = C[c1 + i + 2];
      u3 = C[c1 + i + 3];
    }
    for (let j = 0; j < inner; j++) {
      const x = A[a0 + j];
      const y = A[a1 + j];
      const p = W[w0 + j];
      const q = W[w1 + j];
      const v = W[w2 + j];
      const z = W[w3 + j];
      s0 += x * p;
      u0 += y * p;
      s1 += x * q;
      u1 += y * q;
      s2 += x * v;
      u2 += y * v;
      s3 += x * z;
      u3 += y * z;
    }
    C[c0 + i] = s0;
    C[c0 + i + 1] = s1;
    C[c0 + i + 2] = s2;
    C[c0 + i + 3] = s3;
    C[c1 + i] = u0;
    C[c1 + i + 1] = u1;
    C[c1 + i + 2] = u2;
    C[c1 + i + 3] = u3;
  }
  for (; i < outer; i++) {
    let s = add ? C[c0 + i] : 0;
    let u = add ? C[c1 + i] : 0;
    const w = i * inner;
    for (let j = 0; j < inner; j++) {
      s += A[a0 + j] * W[w + j];
      u += A[a1 + j] * W[w + j];
    }
    C[c0 + i] = s;
    C[c1 + i] = u;
  }
}

function oneRow(A, a, inner, W, outer, C, c, add) {
  let i = 0;
  for (; i + 3 < outer; i += 4) {
    const w0 = i * inner;
    const w1 = w0 + inner;
    const w2 = w1 + inner;
    const w3 = w2 + inner;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < inner; j++) {
      const x = A[a + j];
      s0 += x * W[w0 + j];
      s1 += x * W[w1 + j];
      s2 += x * W[w2 + j];
      s3 += x * W[w3 + j];
    }
    C[c + i] = add ? C[c + i] + s0 : s0;
    C[c + i + 1] = add ? C[c + i + 1] + s1 : s1;
    C[c + i + 2] = add ? C[c + i + 2] + s2 : s2;
    C[c + i + 3] = add ? C[c + i + 3] + s3 : s3;
  }
  for (; i < outer; i++) {
    let s = add ? C[c + i] : 0;
    for (let j = 0; j < inner; j++) s += A[a + j] * W[i * inner + j];
    C[c + i] = s;
  }
}

/** G[i, j] += Σ_r D[r, i] H[r, j], that is DᵀH: D begins at `d` with rows of p numbers, H at `h` with rows of q; G is (p, q). */
export function addProducts(D, d, p, H, h, q, rows, G) {
  const { products } = D.buffer;
  if (products && H.buffer === D.buffer && G.buffer === D.buffer) {
    products.outer(D.byteOffset + 8 * d, p, H.byteOffset + 8 * h, q, rows, G.byteOffset);
    return;
  }
  let i = 0;
  for (; i + 3 < p; i += 4) {
    let j = 0;
    for (; j + 1 < q; j += 2) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let u0 = 0;
      let u1 = 0;
      let u2 = 0;
      let u3 = 0;
      let at = d + i;
      let from = h + j;
      for (let r = 0; r < rows; r++) {
        const x = H[from];
        const y = H[from + 1];
        const a = D[at];
        const b = D[at + 1];
        const e = D[at + 2];
        const f = D[at + 3];
        s0 += a * x;
        u0 += a * y;
        s1 += b * x;
        u1 += b * y;
        s2 += e * x;
        u2 += e * y;
        s3 += f * x;
        u3 += f * y;
        at += p;
        from += q;
      }
      const g = i * q + j;
      G[g] += s0;
      G[g + 1] += u0;
      G[g + q] += s1;
      G[g + q + 1] += u1;
      G[g + 2 * q] += s2;
      G[g + 2 * q + 1] += u2;
      G[g + 3 * q] += s3;
      G[g + 3 * q + 1] += u3;
    }
    for (; j < q; j++) for (let l = i; l < i + 4; l++) G[l * q + j] += column(D, d + l, p, H, h + j, q, rows);
  }
  for (; i < p; i++) for (let j = 0; j < q; j++) G[i * q + j] += column(D, d + i, p, H, h + j, q, rows);
}

function column(D, d, p, H, h, q, rows) {
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += D[d + r * p] * H[h + r * q];
  return sum;
}

/** g[i] += Σ_r D[r, i]. */
export function addSums(D, d, p, rows, g) {
  for (let r = 0; r < rows; r++) for (let i = 0; i < p; i++) g[i] += D[d + r * p + i];
}

/** target[i] += source[i]. */
export function addTo(target, source) {
  for (let i = 0; i < target.length; i++) target[i] += source[i];
}

/** Out = Wᵀ of a (rows, columns) matrix. */
export function transpose(W, rows, columns, out) {
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = W[i * columns + j];
}

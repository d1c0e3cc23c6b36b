// The two products of products.js in WebAssembly, two numbers at a time: JavaScript takes one, which is half as fast.
//
// The code is written for tiles: so many rows times so many columns of the result are summed at once. Where a browser does not know
// these instructions, arrays are plain ones and products.js does it.
import {
  add, addNumbers, addTwo, asLongAs, assemble, atLeast, constant, get, increase, loadNumber, loadOne, loadTwice, loadTwo, multiplyTwo,
  part, set, shift, storeNumber, storeTwo, when, zero,
} from "./assembler.js";

const range = (count) => Array.from({ length: count }, (_, i) => i);

/** times(A, rows, inner, W, outer, C, more): C = A Wᵀ, or += with `more`. All but the sizes are addresses. */
function times() {
  const [A, rows, inner, W, outer, C, more, rowBytes, outBytes, left, w, c, count] = range(13);
  const a = [13, 14];
  const b = [15, 16, 17, 18];
  const sum = (r, s) => 19 + 4 * r + s;
  const row = [27, 28];
  const column = [29, 30, 31, 32];

  function multiplyAt(R, S, offset, load) {
    return [
      range(R).map((r) => set(row[r], load(get(a[r]), offset))),
      range(S).map((s) => set(column[s], load(get(b[s]), offset))),
      range(R).map((r) => range(S).map((s) => set(sum(r, s), addTwo(get(sum(r, s)), multiplyTwo(get(row[r]), get(column[s])))))),
    ];
  }
  const forward = (R, S, bytes) => [range(R).map((r) => increase(a[r], constant(bytes))), range(S).map((s) => increase(b[s], constant(bytes)))];

  /** R rows of A with S rows of W, which begin at w; the results go to c. */
  function tile(R, S) {
    const write = (r, s) => {
      const address = r === 0 ? get(c) : add(get(c), get(outBytes));
      const total = addNumbers(part(get(sum(r, s)), 0), part(get(sum(r, s)), 1));
      return [
        when(get(more), storeNumber(address, addNumbers(loadNumber(address, 8 * s), total), 8 * s)),
        when([get(more), 0x45], storeNumber(address, total, 8 * s)),
      ];
    };
    return [
      range(R).map((r) => set(a[r], r === 0 ? get(A) : add(get(A), get(rowBytes)))),
      range(S).map((s) => set(b[s], s === 0 ? get(w) : add(get(b[s - 1]), get(rowBytes)))),
      range(R).map((r) => range(S).map((s) => set(sum(r, s), zero))),
      set(count, get(inner)),
      asLongAs(atLeast(get(count), constant(4)), [multiplyAt(R, S, 0, loadTwo), multiplyAt(R, S, 16, loadTwo), forward(R, S, 32), increase(count, constant(-4))]),
      when(atLeast(get(count), constant(2)), [multiplyAt(R, S, 0, loadTwo), forward(R, S, 16), increase(count, constant(-2))]),
      when(get(count), multiplyAt(R, S, 0, loadOne)),
      range(R).map((r) => range(S).map((s) => write(r, s))),
      increase(w, S === 4 ? shift(get(rowBytes), 2) : get(rowBytes)),
      increase(c, constant(8 * S)),
      increase(left, constant(-S)),
    ];
  }
  const band = (R) => [
    set(w, get(W)),
    set(c, get(C)),
    set(left, get(outer)),
    asLongAs(atLeast(get(left), constant(4)), tile(R, 4)),
    asLongAs(get(left), tile(R, 1)),
  ];
  const code = [
    set(rowBytes, shift(get(inner), 3)),
    set(outBytes, shift(get(outer), 3)),
    asLongAs(atLeast(get(rows), constant(2)), [
      band(2),
      increase(A, shift(get(rowBytes), 1)),
      increase(C, shift(get(outBytes), 1)),
      increase(rows, constant(-2)),
    ]),
    when(get(rows), band(1)),
  ];
  return { name: "times", parameters: 7, integers: 12, vectors: 14, code };
}

/** outer(D, p, H, q, rows, G): G += Dᵀ H with D (rows, p), H (rows, q). */
function outer() {
  const [D, p, H, q, rows, G, pBytes, qBytes, leftP, leftQ, d, h, g, i, j, count] = range(16);
  const sum = (r, s) => 16 + 2 * r + s;
  const [own, first, second] = [24, 25, 26];

  /** I columns of D from d with J columns of H from h. */
  function tile(I, J) {
    const vectors = J === 4 ? 2 : 1;
    const load = J === 1 ? loadOne : loadTwo;
    const other = [first, second];
    return [
      range(I).map((r) => range(vectors).map((s) => set(sum(r, s), zero))),
      set(i, get(d)),
      set(j, get(h)),
      set(count, get(rows)),
      asLongAs(get(count), [
        range(vectors).map((s) => set(other[s], load(get(j), 16 * s))),
        range(I).map((r) => [
          set(own, loadTwice(get(i), 8 * r)),
          range(vectors).map((s) => set(sum(r, s), addTwo(get(sum(r, s)), multiplyTwo(get(own), get(other[s]))))),
        ]),
        increase(i, get(pBytes)),
        increase(j, get(qBytes)),
        increase(count, constant(-1)),
      ]),
      set(i, get(g)),
      range(I).map((r) => [
        J === 1
          ? storeNumber(get(i), addNumbers(loadNumber(get(i)), part(get(sum(r, 0)), 0)))
          : range(vectors).map((s) => storeTwo(get(i), addTwo(loadTwo(get(i), 16 * s), get(sum(r, s))), 16 * s)),
        increase(i, get(qBytes)),
      ]),
      increase(h, constant(8 * J)),
      increase(g, constant(8 * J)),
      increase(leftQ, constant(-J)),
    ];
  }
  const band = (I) => [
    set(h, get(H)),
    set(g, get(G)),
    set(leftQ, get(q)),
    asLongAs(atLeast(get(leftQ), constant(4)), tile(I, 4)),
    asLongAs(atLeast(get(leftQ), constant(2)), tile(I, 2)),
    when(get(leftQ), tile(I, 1)),
    increase(d, constant(8 * I)),
    increase(leftP, constant(-I)),
  ];
  const code = [
    set(pBytes, shift(get(p), 3)),
    set(qBytes, shift(get(q), 3)),
    set(d, get(D)),
    set(leftP, get(p)),
    asLongAs(atLeast(get(leftP), constant(4)), [band(4), increase(G, shift(get(qBytes), 2))]),
    asLongAs(get(leftP), [band(1), increase(G, get(qBytes))]),
  ];
  return { name: "outer", parameters: 6, integers: 10, vectors: 11, code };
}

let compiled; // null where it cannot be

function compile() {
  if (compiled !== undefined) return compiled;
  try {
    compiled = new WebAssembly.Module(assemble([times(), outer()]));
  } catch {
    compiled = null;
  }
  return compiled;
}

/** A function that gives out arrays, `count` numbers in all, in one memory whose products are done by WebAssembly if that is there. */
export function workspace(count) {
  const module = compile();
  if (!module) return (size) => new Float64Array(size);
  let memory;
  try {
    memory = new WebAssembly.Memory({ initial: Math.ceil((8 * count) / 65536) });
  } catch {
    return (size) => new Float64Array(size); // a browser can have too many of them
  }
  const { exports } = new WebAssembly.Instance(module, { own: { memory } });
  memory.buffer.products = exports; // products.js finds it there
  let taken = 0;
  return (size) => {
    const array = new Float64Array(memory.buffer, 8 * taken, size);
    taken += size;
    return array;
  };
}

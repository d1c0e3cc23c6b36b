// As much of WebAssembly's binary format as simd.js needs. Code is nested lists of bytes.
// https://webassembly.github.io/spec/core/binary: the numbers of the instructions are from there.

/** An unsigned number in groups of seven bits. */
export function unsigned(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

/** Constants of −64 to 63, which take one byte. */
export const constant = (value) => [0x41, value & 127];
export const get = (local) => [0x20, unsigned(local)];
export const set = (local, value) => [value, 0x21, unsigned(local)];
export const add = (a, b) => [a, b, 0x6a];
export const shift = (a, by) => [a, constant(by), 0x74];
export const atLeast = (a, b) => [a, b, 0x4e];
export const when = (condition, body) => [condition, 0x04, 0x40, body, 0x0b];
export const asLongAs = (condition, body) => [0x03, 0x40, condition, 0x04, 0x40, body, 0x0c, 1, 0x0b, 0x0b];
export const increase = (local, by) => set(local, add(get(local), by));

const vector = (code) => [0xfd, unsigned(code)];
const place = (align, offset) => [align, unsigned(offset)];
export const zero = [vector(0x0c), Array(16).fill(0)];
export const loadTwo = (address, offset = 0) => [address, vector(0x00), place(3, offset)];
export const loadTwice = (address, offset = 0) => [address, vector(0x0a), place(3, offset)]; // one number in both places
export const loadOne = (address, offset = 0) => [address, vector(0x5d), place(3, offset)]; // and zero beside it
export const storeTwo = (address, value, offset = 0) => [address, value, vector(0x0b), place(3, offset)];
export const addTwo = (a, b) => [a, b, vector(0xf0)];
export const multiplyTwo = (a, b) => [a, b, vector(0xf2)];
export const part = (value, which) => [value, vector(0x21), which];
export const loadNumber = (address, offset = 0) => [address, 0x2b, place(3, offset)];
export const storeNumber = (address, value, offset = 0) => [address, value, 0x39, place(3, offset)];
export const addNumbers = (a, b) => [a, b, 0xa0];

const INTEGER = 0x7f;
const VECTOR = 0x7b;
const list = (items) => [unsigned(items.length), items];
const sized = (content) => {
  const bytes = content.flat(Infinity);
  return [unsigned(bytes.length), bytes];
};
const section = (id, content) => [id, sized(content)];
const text = (word) => list([...word].map((letter) => letter.charCodeAt(0)));

/** A module of functions { name, parameters, integers, vectors, code }, all numbers in i32, with an imported memory. */
export function assemble(functions) {
  const types = functions.map(({ parameters }) => [0x60, list(Array(parameters).fill(INTEGER)), 0]);
  const bodies = functions.map(({ integers, vectors, code }) => sized([list([[unsigned(integers), INTEGER], [unsigned(vectors), VECTOR]]), code, 0x0b]));
  const bytes = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, list(types)),
    section(2, list([[text("own"), text("memory"), 2, 0, 0]])),
    section(3, list(functions.map((_, i) => unsigned(i)))),
    section(7, list(functions.map(({ name }, i) => [text(name), 0, unsigned(i)]))),
    section(10, list(bodies)),
  ];
  return Uint8Array.from(bytes.flat(Infinity));
}

// The playground's generator: what random.py says, to the last operation.

const GOLDEN = 0x9e3779b9;

function mix(word) {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

export class Random {
  /** Streams of one seed are independent: 0 for the start of the network, 1 for the batches. */
  constructor(seed, stream = 0) {
    const first = mix((seed + GOLDEN) >>> 0);
    this.words = Uint32Array.from({ length: 4 }, (_, i) => mix((first + Math.imul(4 * stream + i + 1, GOLDEN)) >>> 0));
  }

  /** The next 32 bits. */
  word() {
    const s = this.words;
    const b = s[1];
    const five = Math.imul(b, 5);
    const result = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    s[2] ^= s[0];
    s[3] ^= b;
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= b << 9;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** On [0, 1). */
  uniform() {
    const high = this.word() >>> 5;
    return (high * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  /** An integer in [low, high). */
  integer(low, high) {
    const n = high - low;
    const mask = n > 1 ? 0xffffffff >>> Math.clz32(n - 1) : 0;
    for (;;) {
      const number = (this.word() & mask) >>> 0;
      if (number < n) return low + number;
    }
  }

  normal() {
    for (;;) {
      const u = 1 - this.uniform();
      const v = 1.7156 * (this.uniform() - 0.5);
      const x = u - 0.449871;
      const y = Math.abs(v) + 0.386595;
      const q = x * x + y * (0.196 * y - 0.25472 * x);
      if (q < 0.27597 || (q <= 0.27846 && v * v <= -4 * Math.log(u) * u * u)) return v / u;
    }
  }

  /** An array of so many normal numbers. */
  normals(count) {
    const numbers = new Float64Array(count);
    for (let i = 0; i < count; i++) numbers[i] = this.normal();
    return numbers;
  }
}

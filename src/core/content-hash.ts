/** Names contents by 128 bits: equal contents have equal names, and others differ but for an accident of about 2⁻¹²⁸. No defence against intent. */

export class ContentHash {
  private a = 0x243f6a88;
  private b = 0x85a308d3;
  private c = 0x13198a2e;
  private d = 0x03707344;

  /** Adds the bits of integers in [−2³¹, 2³²). */
  addWords(words: ArrayLike<number>): this {
    let { a, b, c, d } = this;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] | 0;
      // Four chains that multiply by odd numbers and feed one another: each step is invertible in its own state.
      a = Math.imul(a ^ word, 0x85ebca6b) ^ (b >>> 13);
      b = Math.imul(b + word, 0xc2b2ae35) ^ (c >>> 16);
      c = Math.imul(c ^ ((word << 15) | (word >>> 17)), 0x27d4eb2f) ^ (d >>> 15);
      d = Math.imul(d + (word ^ a), 0x165667b1) ^ (a >>> 14);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    return this;
  }

  /** Adds the bits of float32 values, so that −0 is not 0. */
  addFloats(values: Float32Array): this {
    return this.addWords(new Uint32Array(values.buffer, values.byteOffset, values.length));
  }

  /** What was added so far, as four words. */
  get words(): readonly [number, number, number, number] {
    return [this.a, this.b, this.c, this.d];
  }

  /** The same as a text. */
  get name(): string {
    return this.words.map((word) => (word >>> 0).toString(36)).join('.');
  }
}

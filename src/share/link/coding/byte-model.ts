/** The probability of the next bit of a byte, from earlier bytes: a binary tree of counts over the bits of a byte, most significant first. */
import type { CodeBit } from './code-bit.ts';
import { inUnits } from './code-bit.ts';

/** At this value counts are halved, so that recent bytes weigh more. */
const MOST = 255;

/** Starts from counts that know nothing; reader and writer keep the same ones. */
export class ByteModel {
  /** [node of the tree][bit] */
  readonly #counts = new Float64Array(512);

  /** @param byte the byte to encode; a decoder passes any number and gets the byte. */
  code(codeBit: CodeBit, byte: number): number {
    let node = 1;
    for (let place = 7; place >= 0; place--) {
      const at = 2 * node;
      const [zeros, ones] = [this.#counts[at] + 0.4, this.#counts[at + 1] + 0.4];
      const bit = codeBit(inUnits(zeros / (zeros + ones)), ((byte >> place) & 1) as 0 | 1);
      if (++this.#counts[at + bit] > MOST) {
        this.#counts[at] /= 2;
        this.#counts[at + 1] /= 2;
      }
      node = 2 * node + bit;
    }
    return node - 256;
  }
}

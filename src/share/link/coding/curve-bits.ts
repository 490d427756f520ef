/** The bits of curves and their probabilities. They follow from the curves alone, so that links which share curves share the work, most of the work of a link. */
import { sameContent } from '../../../core/same-content.ts';
import type { CodeBit } from './code-bit.ts';
import { codeCurves, type Range, type Related } from './integer-curves.ts';

type Curves = readonly (readonly number[])[];

interface Known {
  readonly curves: Curves;
  readonly side: Related['side'];
  /** Of every bit twice the probability of a 0, plus the bit. */
  readonly bits: Uint32Array;
}

export class CurveBits {
  /** By range and twins. */
  readonly #known = new Map<string, Known[]>();

  /** Tells `codeBit` all bits of the curves; if it throws, none are remembered. */
  tell(codeBit: CodeBit, curves: Curves, range: Range, related: Related): void {
    const { side, twins = [] } = related;
    const key = JSON.stringify([range.lowest, range.highest, twins.map((places) => [...places])]);
    const known = this.#known.get(key) ?? [];
    const before = known.find((entry) => sameContent(entry.curves, curves) && sameContent(entry.side, side));
    if (before) {
      for (const told of before.bits) codeBit(told >>> 1, (told & 1) as 0 | 1);
      return;
    }
    const told: number[] = [];
    codeCurves(
      (zero, bit) => {
        told.push(2 * zero + bit);
        return codeBit(zero, bit);
      },
      curves.map(({ length }) => length),
      range,
      related,
      curves,
    );
    this.#known.set(key, [...known, { curves, side, bits: Uint32Array.from(told) }]);
  }
}

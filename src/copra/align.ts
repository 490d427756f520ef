/** Brings adapters of different layouts, ranks or scales to one common form with the same updates, so that they are vectors of one space. */
import { layoutOfPairs, type AdapterLayout, type PairShape } from '../core/adapter-layout.ts';
import { areOfOneKind } from './adapter-kinds.ts';
import { headOf } from './relayout.ts';

/** An adapter with the scale of its update, and its own layout: adapters that are merged may have different ranks. */
export interface ScaledAdapter {
  readonly layout: AdapterLayout;
  /** ΔW = scale · B · A */
  readonly scale: number;
  /** [layout.size] */
  readonly values: Float32Array;
}

/** Adapters in one layout and with one scale, so that their vectors can be averaged. */
export interface AlignedAdapters {
  readonly layout: AdapterLayout;
  readonly scale: number;
  /** One vector of layout.size per adapter; where nothing had to change, the sources' own, which nobody may write to. */
  readonly values: readonly Float32Array[];
}

const pairKey = ({ tower, layer, projection }: PairShape): string => `${tower} ${layer} ${projection}`;
const headKey = ({ head }: AdapterLayout): string => (head ? `${head.classes}×${head.features}` : 'none');
/** Equal for layouts in which the same values mean the same adapter. */
export const layoutKey = (layout: AdapterLayout): string =>
  [layout.rank, layout.dora, headKey(layout), ...layout.pairs.map(pairKey)].join('|');

/** Embeds an adapter in a layout that has all its pairs, at the same or a higher rank. Missing entries are zero. */
function embed({ layout, scale, values }: ScaledAdapter, target: AdapterLayout, targetScale: number): Float32Array {
  const out = new Float32Array(target.size);
  const ratio = scale === targetScale ? 1 : scale / targetScale;
  const sources = new Map(layout.pairs.map((pair) => [pairKey(pair), pair]));
  for (const pair of target.pairs) {
    const source = sources.get(pairKey(pair));
    if (!source) continue;
    out.set(values.subarray(source.aOffset, source.aOffset + layout.rank * source.inFeatures), pair.aOffset);
    for (let o = 0; o < pair.outFeatures; o++)
      for (let k = 0; k < layout.rank; k++)
        out[pair.bOffset + o * target.rank + k] = ratio * values[source.bOffset + o * layout.rank + k];
    if (source.magnitudeOffset !== null && pair.magnitudeOffset !== null)
      out.set(
        values.subarray(source.magnitudeOffset, source.magnitudeOffset + source.outFeatures),
        pair.magnitudeOffset,
      );
  }
  if (target.head) out.set(headOf(layout, values), target.head.weightOffset);
  return out;
}

/**
 * Adapters that already agree are returned unchanged, bit for bit. Otherwise the common form has the union of their projections, the
 * highest rank (lower ones are padded with zeros), and one scale, with the ratio folded into B. DoRA magnitudes are stored as changes and
 * stay as they are.
 * @throws RangeError when there are no adapters, when classifiers differ in size, or when they are not of one kind.
 */
export function alignAdapters(adapters: readonly ScaledAdapter[]): AlignedAdapters {
  if (adapters.length === 0) throw new RangeError('There is no adapter to align.');
  const [first] = adapters;
  const sameScale = adapters.every(({ scale }) => scale === first.scale);
  if (sameScale && new Set(adapters.map(({ layout }) => layoutKey(layout))).size === 1)
    return { layout: first.layout, scale: first.scale, values: adapters.map(({ values }) => values) };
  if (new Set(adapters.map(({ layout }) => headKey(layout))).size > 1)
    throw new RangeError('The adapters have classifiers of different sizes: they were trained on different classes.');
  if (!areOfOneKind(adapters.map(({ layout }) => layout)))
    throw new RangeError('DoRA and LoRA adapters are of different kinds: they have no form in common.');
  const shapes = new Map(adapters.flatMap(({ layout }) => layout.pairs.map((pair) => [pairKey(pair), pair])));
  const rank = Math.max(...adapters.map(({ layout }) => layout.rank));
  const layout = layoutOfPairs([...shapes.values()], rank, first.layout.head, first.layout.dora);
  const scale = sameScale ? first.scale : 1;
  return { layout, scale, values: adapters.map((adapter) => embed(adapter, layout, scale)) };
}

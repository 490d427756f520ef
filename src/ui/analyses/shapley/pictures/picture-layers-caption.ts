/** Which layers help with a picture, or with the pictures of a class. */
import { listed } from '../../../../core/listed.ts';
import { fixed } from '../../../../core/number-format.ts';
import { countedEach, sentence } from '../../../../study/readings/words.ts';
import { IMAGE_LAYERS_WORDS } from './messages.ts';

interface LayersOfArm {
  readonly name: string;
  /** [layers] */
  readonly layers: readonly string[];
  /** [layers]: Shapley values, means over seeds. */
  readonly values: readonly number[];
  readonly seeds: number;
}

/** Layers named of each arm. */
const MOST = 3;
/** Values below half of what is written count as nothing. */
const LEAST = { accuracy: 0.0005, loss: 0.0005 } as const;

/** "V8 (21.3) and T4 (8.0)" */
function largest({ layers, values }: LayersOfArm, metric: 'accuracy' | 'loss'): string {
  const ranked = values
    .map((value, i) => ({ name: layers[i], value }))
    .filter(({ value }) => value > LEAST[metric])
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST);
  return listed(
    ranked.map(({ name, value }) => `${name} (${metric === 'accuracy' ? fixed(100 * value, 1) : fixed(value, 3)})`),
  );
}

/**
 * @param what it is about: "the pictures", “food drink”
 * @param kept pictures, where the result keeps a selection by kind; null: there are no others
 * @returns empty without any values
 */
export function pictureLayersReading(
  arms: readonly LayersOfArm[],
  metric: 'accuracy' | 'loss',
  what = IMAGE_LAYERS_WORDS.caption.thisPicture,
  kept: { readonly pictures: number; readonly areOfClass: boolean } | null = null,
): string {
  const known = arms.filter(({ seeds }) => seeds > 0);
  if (known.length === 0) return '';
  const words = IMAGE_LAYERS_WORDS.caption;
  const told = known.map((arm) => {
    const most = largest(arm, metric);
    return most ? words.most(arm.name, what, most) : words.none(arm.name);
  });
  const seeds = countedEach(
    known.map((arm) => arm.seeds),
    'seed',
  );
  return sentence([
    kept === null ? '' : words.kept(kept.pictures, kept.areOfClass ? what : null),
    ...told,
    words[metric](seeds),
  ]);
}

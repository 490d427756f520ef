/** Which layers answer for a picture, or for the pictures of a class. */
import { listed } from '../../core/listed.ts';
import { fixed } from '../../core/number-format.ts';
import { countedEach, sentence } from './words.ts';

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

/** @param what it is about: "the pictures", “food drink” @returns empty without any values */
export function pictureLayersReading(
  arms: readonly LayersOfArm[],
  metric: 'accuracy' | 'loss',
  what = 'this picture',
): string {
  const known = arms.filter(({ seeds }) => seeds > 0);
  if (known.length === 0) return '';
  const told = known.map((arm) => {
    const most = largest(arm, metric);
    return most ? `${arm.name}: the layers that add most to ${what} are ${most}` : `${arm.name}: no layer helps`;
  });
  const unit = metric === 'accuracy' ? 'points: 100 turn a picture from wrong to right' : 'nats of loss saved';
  return sentence([
    ...told,
    `${unit}, means over ${countedEach(
      known.map(({ seeds }) => seeds),
      'seed',
    )}`,
  ]);
}

/** CoTo's table r3 in its own setting: CopRA beside the baselines of that table and beside itself with a part taken away, with the paper's own figures. */
import { listed } from '../../src/core/listed.ts';
import { hundredths, withError } from '../../src/core/number-format.ts';
import { mean, standardDeviation } from '../../src/core/statistics.ts';
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import { midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { EVERY_OTHER_ACCURACY } from '../../src/study/result/measures/pruning.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { markdownTable } from '../markdown-table.ts';
import { compare, differenceCell, isOfThese, type Compared } from './comparison.ts';
import { chosenBy, readSearch, SIXTEEN_SHOTS_SEARCH, triedTable } from './regime-search.ts';

const MEASURES: readonly (readonly [name: string, measure: Measure])[] = [
  ['every layer on', TEST_ACCURACY],
  ['two seeds averaged', midpointMeasure('factor')],
  ['every other layer removed', EVERY_OTHER_ACCURACY],
];

/** DTD of CoTo's table r3, CLIP ViT-B/16: accuracy in per cent, mean ± sd, by the arm of the study that is trained so. */
const PUBLISHED: Readonly<Record<string, readonly [all: string, merged: string, pruned: string]>> = {
  lora: ['71.61 ± 0.39', '65.60 ± 1.23', '63.30 ± 0.27'],
  dropout: ['72.00 ± 0.97', '65.89 ± 1.86', '62.59 ± 0.72'],
  'progressive-25': ['71.38 ± 0.31', '65.43 ± 0.05', '61.70 ± 1.45'],
  'stochastic-depth': ['71.37 ± 1.22', '68.85 ± 2.47', '70.05 ± 0.10'],
  copra: ['72.68 ± 0.39', '72.03 ± 0.90', '71.11 ± 0.27'],
};

type Arm = Pick<StudyResult['config']['arms'][number], 'id' | 'name'>;

/** What is held against what: CopRA against every other arm, then its constant twin, which has the last quarter alone, against dropping at one rate to the end. */
function pairs(arms: readonly Arm[]): readonly (readonly [one: Arm, other: Arm])[] {
  const named = (id: string): Arm[] => arms.filter((arm) => arm.id === id);
  const [copra] = named('copra');
  return [
    ...arms.filter(({ id }) => id !== copra.id).map((other) => [copra, other] as const),
    ...named('copra-constant').flatMap((one) => named('layer-drop').map((other) => [one, other] as const)),
  ];
}

const compared = (result: StudyResult, one: Arm, other: Arm): (Compared | null)[] =>
  MEASURES.map(([, measure]) => compare(result, measure, other.id, one.id));

/** "is clearly more accurate than LoRA and Dropout with a and with b, less accurate with c": of others from which an arm differs in the same measures. */
function clearly(sides: readonly (-1 | 0 | 1)[], others: string): string {
  const parts = ([1, -1] as const).flatMap((wanted) => {
    const names = MEASURES.flatMap(([name], i) => (sides[i] === wanted ? [`with ${name}`] : []));
    return names.length > 0 ? [[wanted === 1 ? 'more' : 'less', listed(names)]] : [];
  });
  if (parts.length === 0) return `does not clearly differ from ${others}`;
  const told = parts.map(([how, where], i) => `${how} accurate ${i === 0 ? `than ${others} ` : ''}${where}`);
  return `is clearly ${told.join(', ')}`;
}

/** Where an arm clearly differs from another, on other images too. */
const sidesOf = (result: StudyResult, one: Arm, other: Arm): (-1 | 0 | 1)[] =>
  compared(result, one, other).map((row) => (row?.side && !isOfThese(row) ? row.side : 0));

const resultOf = (results: ReadonlyMap<Preset, StudyResult>): StudyResult | undefined => results.get(sixteenShots);

/** What the table says of CopRA, and of its ramp and its last quarter alone; empty while there is no saved result. */
export function tableR3Summary(results: ReadonlyMap<Preset, StudyResult>): string {
  const result = resultOf(results);
  if (!result) return '';
  const told = new Map<string, { readonly one: Arm; readonly sides: (-1 | 0 | 1)[]; readonly others: string[] }>();
  for (const [one, other] of pairs(result.config.arms)) {
    const sides = sidesOf(result, one, other);
    const key = [one.id, ...sides].join();
    const alike = told.get(key) ?? { one, sides, others: [] };
    alike.others.push(other.name);
    told.set(key, alike);
  }
  const sentences = [...told.values()].map(({ one, sides, others }) => `${one.name} ${clearly(sides, listed(others))}`);
  return `In the setting of CoTo’s table r3 (16 images a class, rank 2, both towers), measured with every layer on, with two seeds averaged and with every other layer removed: ${sentences.join('; ')}.`;
}

/** A section of the page of results; empty while there is no saved result of the preset. */
export function tableR3Section(results: ReadonlyMap<Preset, StudyResult>): string {
  const result = resultOf(results);
  if (!result) return '';
  const { arms } = result.config;
  const levels = arms.map(({ id, name }) => [
    name,
    ...MEASURES.map(([, measure]) => {
      const values = measure.values(result, id).map(({ value }) => 100 * value);
      return values.length > 0 ? withError(mean(values), standardDeviation(values)) : '–';
    }),
    ...(PUBLISHED[id] ?? ['–', '–', '–']),
  ]);
  const differences = pairs(arms).map(([one, other]) => [
    `${one.name} − ${other.name}`,
    ...compared(result, one, other).map(differenceCell),
  ]);
  const { zeroShot, chance } = result.task;
  const search = readSearch(SIXTEEN_SHOTS_SEARCH);
  return `## CoTo's table r3, in its setting

The regimes above have more images, higher ranks or fewer passes than the papers. Here is the setting of CoTo's table r3 as far as it is known, which is CLIP-LoRA's: 16 images a class, rank 2, ΔW = α / √r · BA with α = 1, in q, k and v of both towers, and each image seen as often as those of DTD are. The learning rates are ours: the best of LoRA for arms that train every layer in every step, the best of CopRA for those that switch layers off. The backbone and the pictures stay small: chance is ${hundredths(chance)} %, zero-shot ${zeroShot ? hundredths(zeroShot.accuracy) : '–'} %. Two controls of ours take CopRA apart. “CopRA without its ramp” has as many layers off and the same last quarter of plain LoRA, but p jumps from 0.5 to 1 instead of rising. “Layer drop” has no last quarter either: as many layers are off on average, at one rate to the end.

Accuracy in per cent, mean ± sd over seeds or pairs of seeds; beside it what CoTo reports for DTD with CLIP ViT-B/16. How much its stochastic depth drops is not known; here the last layer is on in half of the steps.

${markdownTable(['arm', ...MEASURES.map(([name]) => name), ...MEASURES.map(([name]) => `CoTo, DTD: ${name}`)], levels)}

Differences in percentage points with 95 % intervals over seeds and images where a cell says nothing else; **bold** where they exclude 0:

${markdownTable(['difference', ...MEASURES.map(([name]) => name)], differences)}

${tableR3Summary(results)}

${chosenBy(SIXTEEN_SHOTS_SEARCH, search)}

${triedTable(SIXTEEN_SHOTS_SEARCH, search)}

`;
}

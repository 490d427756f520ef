/** The papers' claims, compared with the measures of the studies that test them. */
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { federatedFewShots } from '../../src/study/presets/federated-few-shots.ts';
import { federated } from '../../src/study/presets/federated.ts';
import { full } from '../../src/study/presets/full.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { manyTasksFewShots } from '../../src/study/presets/many-tasks-few-shots.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import { ablationsFewShots } from '../../src/study/presets/ablations-few-shots.ts';
import { ablations } from '../../src/study/presets/ablations.ts';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { integer } from '../../src/core/number-format.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import {
  armCells,
  comparisons,
  countText,
  differenceText,
  isOfThese,
  isSweep,
  levelHead,
  type Compared,
} from './comparison.ts';
import { markdownTable } from '../markdown-table.ts';

interface Claim {
  /** Paraphrased. */
  readonly claim: string;
  /** Whether the papers show it in this measure; "ours": what they name without a protocol, or a measure of our own. */
  readonly of: 'papers' | 'ours';
  readonly source: string;
  /** Prefix of the name of the deciding measure (measures.ts). Of a sweep it names one at every value: the claim is of all of them. */
  readonly measure: string;
  /** Id of the arm that CopRA is held against; absent: the first arm, LoRA. */
  readonly against?: string;
  /** Expected direction of CopRA's value relative to that of the arm it is held against. */
  readonly direction: 'higher' | 'lower' | 'not lower';
  /** The deciding studies; absent: the whole comparison, in both regimes. */
  readonly presets?: readonly Preset[];
  /** What single runs of the same studies differ in already: a difference as large is no merit or fault of merging. */
  readonly single?: { readonly name: string; readonly measure: string };
}

const MANY_TASKS = {
  presets: [manyTasksFewShots, manyTasks],
  single: { name: 'one adapter per task', measure: 'accuracy, one adapter per task' },
};
const FEDERATED: readonly Preset[] = [federatedFewShots, federated];
const LEARNING_RATES: readonly Preset[] = [learningRatesFewShots, learningRates];
const ABLATIONS: readonly Preset[] = [ablationsFewShots, ablations];

/** Parts of an adapter that stay, with the name of their measure. */
const KEPT_PARTS: readonly (readonly [claim: string, measure: string])[] = [
  ['Every other layer removed (layers 1, 3, 5 … stay)', 'every other layer kept (1'],
  ['Every other layer removed (layers 2, 4, 6 … stay)', 'every other layer kept (2'],
  ...['bottom', 'middle', 'top'].map(
    (third) => [`Only the ${third} third of the layers kept`, `${third} third kept`] as const,
  ),
  ...['q', 'k', 'v'].map((projection) => [`Only ${projection} kept`, `only ${projection} kept`] as const),
];

/** How the smallest entries are told apart. The papers do not say which they use. */
const SCOPES: readonly (readonly [scope: string, measure: string])[] = [
  ['the smallest of all A and B', 'entries of A and B removed'],
  ['the smallest of every A and every B', 'entries of every A and every B removed'],
  ['the smallest of ΔW', 'entries of ΔW removed'],
];

/** Dropping whose probability stays, and the source of the comparison. */
const CONSTANT: readonly (readonly [arm: string, name: string, of: Claim['of'], source: string])[] = [
  ['stochastic-depth', 'stochastic depth', 'papers', 'CoTo, table r3'],
  ['layer-drop', 'layer drop', 'ours', 'CoTo, table r3, has stochastic depth'],
];

/** What each method reaches at the learning rate that is best for it on validation images. */
const TUNED: readonly (readonly [claim: string, measure: string, direction: Claim['direction']])[] = [
  ['accuracy with everything on does not suffer', 'test accuracy, everything on', 'not lower'],
  ['two seeds averaged are more accurate', 'midpoint accuracy, factor path', 'higher'],
  ['more accurate with every other layer removed', 'accuracy, every other layer kept', 'higher'],
];

const CLAIMS: readonly Claim[] = [
  {
    claim: 'Accuracy with everything on does not suffer',
    of: 'papers',
    source: 'CoTo, table r3',
    measure: 'test accuracy, everything on',
    direction: 'not lower',
  },
  {
    claim: 'Seeds are connected linearly: a lower barrier when A and B are averaged',
    of: 'papers',
    source: 'CopRA, Fig. 3',
    measure: 'barrier in accuracy, factor path',
    direction: 'lower',
  },
  {
    claim: 'Two seeds averaged are more accurate',
    of: 'papers',
    source: 'CopRA, Fig. 3',
    measure: 'midpoint accuracy, factor path',
    direction: 'higher',
  },
  {
    claim: 'Two seeds averaged keep more of the gain',
    of: 'ours',
    source: 'CopRA, Fig. 3 has accuracies',
    measure: 'gain kept at the midpoint, factor path',
    direction: 'higher',
  },
  {
    claim: 'Credit is spread over the layers: less of it in the top third',
    of: 'ours',
    source: 'CopRA, Fig. 2 and CoTo, fig. r5, show the values of all layers',
    measure: 'share of Shapley value in the top third',
    direction: 'lower',
  },
  ...KEPT_PARTS.flatMap(([claim, kept]): Claim[] => [
    {
      claim: `${claim}: more accurate`,
      of: 'papers',
      source: 'CopRA, Fig. 4',
      measure: `accuracy, ${kept}`,
      direction: 'higher',
    },
    {
      claim: `${claim}: more of the gain is kept`,
      of: 'ours',
      source: 'CopRA, Fig. 4 has accuracies',
      measure: `gain kept, ${kept}`,
      direction: 'higher',
    },
  ]),
  ...SCOPES.map(([scope, removed]): Claim => ({
    claim: `Half of the single weights removed (${scope}): more accurate`,
    of: 'papers',
    source: 'CopRA, Fig. 4',
    measure: `accuracy at half the entries, ${removed}`,
    direction: 'higher',
  })),
  ...CONSTANT.flatMap(([against, name, of, source]) =>
    (
      [
        ['more accurate with everything on', 'test accuracy, everything on'],
        ['two seeds averaged are more accurate', 'midpoint accuracy, factor path'],
        ['more accurate with layers 1, 3, 5 … only', 'accuracy, every other layer kept (1'],
        ['more accurate with layers 2, 4, 6 … only', 'accuracy, every other layer kept (2'],
      ] as const
    ).map(([what, measure]): Claim => ({
      claim: `The ramp is better than constant dropping (${name}): ${what}`,
      of,
      source,
      measure,
      against,
      direction: 'higher',
      presets: ABLATIONS,
    })),
  ),
  {
    claim: 'Two seeds averaged are more accurate whatever the learning rate',
    of: 'papers',
    source: 'CopRA, Fig. 5; CoTo, fig. r6',
    measure: 'midpoint accuracy, factor path, learning rate',
    direction: 'higher',
    presets: LEARNING_RATES,
  },
  ...TUNED.map(([claim, measure, direction]): Claim => ({
    claim: `Each method at its own best learning rate: ${claim}`,
    of: 'ours',
    source: 'CopRA, Fig. 5, and CoTo, fig. r6, compare at equal rates',
    measure: `${measure}, each at its own best learning rate`,
    direction,
    presets: LEARNING_RATES,
  })),
  {
    claim: 'Adapters of different tasks merge better: the average of A and B is more accurate on the tasks',
    of: 'papers',
    source: 'CopRA, Fig. 5; CoTo, table r1',
    measure: 'accuracy, adapters of all tasks merged: A and B averaged',
    direction: 'higher',
    ...MANY_TASKS,
  },
  {
    claim: 'Adapters of different tasks merge better: the average of their updates is more accurate on the tasks',
    of: 'papers',
    source: 'CopRA, Fig. 5; CoTo, table r1, as Ensemble',
    measure: 'accuracy, adapters of all tasks merged: ΔW averaged',
    direction: 'higher',
    ...MANY_TASKS,
  },
  {
    claim: 'Other domains: keeps more of the backbone’s accuracy',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, everything on',
    direction: 'higher',
  },
  {
    claim: 'Other domains at equal task accuracy (the better arm’s update scaled down): keeps more',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, updates scaled to equal accuracy on the task',
    direction: 'higher',
  },
  {
    claim: 'Other domains: keeps more with two fixed halves of the layers on',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, half of the layers on',
    direction: 'higher',
  },
  {
    claim: 'Other domains: two seeds averaged keep more',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, midpoint of the factor path',
    direction: 'higher',
  },
  {
    claim: 'Federated clients: the average of their A and B is more accurate',
    of: 'ours',
    source: 'CopRA, abstract, names federated learning without a protocol',
    measure: 'accuracy of the global model after the last round, FedIT',
    direction: 'higher',
    presets: FEDERATED,
    single: { name: 'ordinary runs of as many steps', measure: 'test accuracy, everything on' },
  },
  {
    claim: 'Federated clients: averaging A and B errs less',
    of: 'ours',
    source: 'CopRA, abstract, names federated learning without a protocol',
    measure: 'error of averaging A and B, share of the largest that the clients’ movement allows',
    direction: 'lower',
    presets: FEDERATED,
  },
];

/** The whole comparison in both regimes. */
const COMPARISONS: readonly Preset[] = [fewShots, full];

type Verdict =
  | 'yes'
  | 'no clear difference'
  | 'only on these images'
  | 'not at every value'
  | 'no: lower'
  | 'no: the opposite'
  | 'too few seeds to say';

/** A loss of less than this counts as none where a claim is that something does not suffer, as a share: a non-inferiority margin of ours. */
export const MARGIN = 0.01;

/** What an interval over other seeds and, where the figure rests on images, other images decides. */
export function verdict(
  { direction }: Pick<Claim, 'direction'>,
  compared: Pick<Compared, 'side' | 'difference'>,
): Verdict {
  const { side, difference } = compared;
  if (side === null) return 'too few seeds to say';
  const isHeld =
    direction === 'not lower' ? side === 1 || difference.low > -MARGIN : side === (direction === 'lower' ? -1 : 1);
  if (side === 0 && !isHeld) return 'no clear difference';
  if (isOfThese(compared)) return 'only on these images';
  if (isHeld) return 'yes';
  return direction === 'not lower' ? 'no: lower' : 'no: the opposite';
}

const shown = (found: Verdict): string =>
  found.startsWith('no') && found !== 'no clear difference' ? `**${found}**` : found;

/** What several rows decide: a claim of all values of a sweep holds where it holds at each. One clear opposite refutes it, and only opposites at all values are the opposite. */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  const contrary = verdicts.filter((each) => each.startsWith('no:'));
  if (contrary.length > 0) return contrary.length === verdicts.length ? contrary[0] : 'not at every value';
  const clear = verdicts.filter((each) => each === 'yes' || each === 'only on these images');
  if (clear.length < verdicts.length)
    return verdicts.every((each) => each === 'too few seeds to say') ? 'too few seeds to say' : 'no clear difference';
  return verdicts.includes('only on these images') ? 'only on these images' : 'yes';
}

/** A claim as one study decides it. */
interface Decided {
  readonly claim: Claim;
  readonly preset: Preset;
  /** One; of a sweep one for every value. */
  readonly rows: readonly [Compared, ...Compared[]];
  /** The same difference of single runs, where the claim has one. */
  readonly single: Compared | null;
  readonly verdict: Verdict;
}

type Results = ReadonlyMap<Preset, StudyResult>;

/** Every claim in every study that decides it. Studies without a result, or without the measure, are left out. */
export function decided(results: Results): Decided[] {
  const found = new Map<string, Compared[]>();
  const compared = (preset: Preset, result: StudyResult, against: string | undefined): Compared[] => {
    const key = `${preset.id} ${against ?? ''}`;
    const rows = found.get(key) ?? comparisons(result, against);
    found.set(key, rows);
    return rows;
  };
  return CLAIMS.flatMap((claim) =>
    (claim.presets ?? COMPARISONS).flatMap((preset) => {
      const result = results.get(preset);
      if (!result) return [];
      const all = compared(preset, result, claim.against);
      const measured = (name: string) => all.filter(({ measure }) => measure.name.startsWith(name));
      const [first, ...others] = measured(claim.measure);
      if (!first) return [];
      const rows: Decided['rows'] = isSweep(result) ? [first, ...others] : [first];
      const [single = null] = claim.single ? measured(claim.single.measure) : [];
      return [{ claim, preset, rows, single, verdict: verdictOfAll(rows.map((row) => verdict(claim, row))) }];
    }),
  );
}

/** "−3.3 (−5.0 to −1.6); ordinary runs of as many steps −2.7 (…)"; of a sweep "higher at 2 of 5 values, lower at 1: …" */
function differencesText({ claim, rows, single }: Decided): string {
  if (rows.length > 1) {
    const clear = (wanted: 1 | -1): number => rows.filter((row) => row.side === wanted && !isOfThese(row)).length;
    // "midpoint accuracy, factor path, learning rate 0.003"
    const texts = rows.map(
      ({ measure, difference }) => `${measure.name.split(' ').at(-1)}: ${differenceText(difference)}`,
    );
    return `higher at ${clear(1)} of ${rows.length} values, lower at ${clear(-1)} (${texts.join('; ')})`;
  }
  const text = differenceText(rows[0].difference);
  return claim.single && single ? `${text}; ${claim.single.name} ${differenceText(single.difference)}` : text;
}

/** A Markdown table, one row per claim, study and value of a sweep: source, figures, verdict. */
export const claimsTable = (results: Results): string =>
  markdownTable(
    [
      'claim',
      'of',
      'where',
      'study',
      levelHead('LoRA, or what is named'),
      levelHead('CopRA'),
      'difference (95 % interval)',
      'over',
      'held here?',
    ],
    decided(results).flatMap((entry) =>
      entry.rows.map((row) => [
        entry.rows.length > 1 ? `${entry.claim.claim}: ${row.measure.name}` : entry.claim.claim,
        entry.claim.of,
        entry.claim.source,
        entry.preset.name,
        ...armCells(row),
        differencesText({ ...entry, rows: [row] }),
        countText(row),
        shown(verdict(entry.claim, row)),
      ]),
    ),
  );

/** A Markdown table of the studies that decide the claims: in what else than data both regimes differ. */
export function regimesStudies(results: Results): string {
  const presets = [...new Set(decided(results).map(({ preset }) => preset))];
  const rows = presets.map(({ name, config: { arms, seeds, shots, training } }) => {
    const rates = [...new Set(arms.map(({ learningRate }) => learningRate))];
    return [
      name,
      shots === null ? 'all' : String(shots),
      listed([...new Set(arms.flatMap(({ towers }) => towers))]),
      rates.length > 1 ? `${Math.min(...rates)} to ${Math.max(...rates)}` : String(rates[0]),
      integer(training.steps),
      String(seeds.length),
    ];
  });
  return markdownTable(['study', 'images a class', 'adapters in', 'learning rate', 'steps', 'seeds'], rows);
}

/** A claim as both regimes decide it; null where none was asked, or is computed yet. */
interface Regimes {
  readonly claim: Claim;
  readonly few: Decided | null;
  readonly plenty: Decided | null;
}

function inRegimes(results: Results): Regimes[] {
  const all = decided(results);
  const of = (claim: Claim, few: boolean): Decided | null =>
    all.find((entry) => entry.claim === claim && (entry.preset.config.shots !== null) === few) ?? null;
  return CLAIMS.map((claim) => ({ claim, few: of(claim, true), plenty: of(claim, false) })).filter(
    ({ few, plenty }) => few ?? plenty,
  );
}

const isContrary = (one: Decided | null): boolean => one?.verdict.startsWith('no:') ?? false;

/** A claim of all values of a sweep that is clear the other way at some. */
const VARYING = 'not at every value';

/** In which regime a claim holds, in words. One that holds in one of them may be contradicted in the other. */
export function where({ few, plenty }: Pick<Regimes, 'few' | 'plenty'>): string {
  const holds = (one: Decided | null): boolean => one?.verdict === 'yes';
  if (holds(few) && holds(plenty)) return 'in both';
  if (holds(few) && isContrary(plenty)) return 'with few images; the opposite with plenty of data';
  if (holds(plenty) && isContrary(few)) return 'with plenty of data; the opposite with few images';
  if (holds(few)) return plenty ? 'with few images' : 'with few images; plenty not asked';
  if (holds(plenty)) return few ? 'with plenty of data' : 'with plenty of data; few not asked';
  if (isContrary(few) && isContrary(plenty)) return 'the opposite, in both';
  if (isContrary(few)) return 'the opposite with few images';
  if (isContrary(plenty)) return 'the opposite with plenty of data';
  const [fewVaries, plentyVaries] = [few, plenty].map((one) => one?.verdict === 'not at every value');
  if (fewVaries && plentyVaries) return `${VARYING}, in both`;
  if (fewVaries || plentyVaries) return `${VARYING} ${fewVaries ? 'with few images' : 'with plenty of data'}`;
  if ([few, plenty].some((one) => one?.verdict === 'only on these images')) return 'only on these images';
  return 'cannot be told';
}

/** Where something other than the claim was found: " (in both; the same is true of one adapter per task)" */
function contraryRemark({ claim, few, plenty }: Regimes, place: string): string {
  if (place.startsWith(VARYING)) return ` (${place.slice(VARYING.length).replace(/^,? /, '')})`;
  const contrary = [few, plenty].filter((one) => isContrary(one));
  const isAlready = contrary.every((one) => one?.single?.side === one?.rows[0].side);
  const single = claim.single && isAlready ? `; the same is true of ${claim.single.name}` : '';
  return ` (${place.replace(/^.*the opposite,? /, '')}${single})`;
}

const CONTRARY = 'The opposite was found';
const NOT_AT_EVERY = 'Not at every value: clear the other way at one or more';

/** The claims by where they hold, as a list for readers who do not read tables. */
export function regimesReading(results: Results): string {
  const claims = inRegimes(results).map((entry) => ({ entry, place: where(entry) }));
  const groups: readonly (readonly [title: string, of: (place: string) => boolean])[] = [
    ['Clear in both regimes, which share test images and seeds', (place) => place === 'in both'],
    ['Clear with few images, not with plenty of data or not asked there', (place) => place.startsWith('with few')],
    ['Clear with plenty of data, not with few images or not asked there', (place) => place.startsWith('with plenty')],
    [CONTRARY, (place) => place.includes('the opposite')],
    [NOT_AT_EVERY, (place) => place.startsWith(VARYING)],
    [
      'Clear on these images alone, because the saved results do not keep what others add',
      (place) => place === 'only on these images',
    ],
    ['These studies cannot tell', (place) => place === 'cannot be told'],
  ];
  return groups
    .flatMap(([title, isIn]) => {
      const own = claims.filter(({ place }) => isIn(place));
      if (own.length === 0) return [];
      const texts = own.map(
        ({ entry, place }) =>
          `${entry.claim.claim}${entry.claim.of === 'ours' ? ' [ours]' : ''}${title === CONTRARY || title === NOT_AT_EVERY ? contraryRemark(entry, place) : ''}`,
      );
      return [`- **${title}**: ${texts.join('; ')}.`];
    })
    .join('\n');
}

/** A Markdown table, one row per claim: where it holds, its verdict and difference with few images and with plenty of them. */
export function regimesTable(results: Results): string {
  const cell = (row: Decided | null): string => (row ? `${shown(row.verdict)}, ${differencesText(row)}` : '–');
  return markdownTable(
    ['claim', 'of', 'clear', 'few images', 'plenty of data'],
    inRegimes(results).map((entry) => [
      entry.claim.claim,
      entry.claim.of,
      where(entry),
      cell(entry.few),
      cell(entry.plenty),
    ]),
  );
}

/** How often the ramp is clearly better, and clearly worse, than dropping at one rate; empty while no study of it is saved. */
export function rampSentence(results: Results): string {
  const asked = decided(results).filter(({ claim }) => claim.against !== undefined);
  if (asked.length === 0) return '';
  const studies = [...new Set(asked.map(({ preset }) => `“${preset.name}”`))];
  const better = asked.filter(({ verdict }) => verdict === 'yes').length;
  const worse = asked.filter(isContrary).length;
  return `${listed(studies)} compare accuracies with every layer, of two seeds averaged, and with half of the layers: the ramp is clearly better than dropping at one rate in ${better} of ${counted(asked.length, 'comparison', 'comparisons')}, and clearly worse in ${worse}.`;
}

/** How many of the rows of the table held in each regime, the papers' apart from ours, as Markdown. */
export function regimesSummary(results: Results): string {
  const rows = inRegimes(results);
  const counts = (column: readonly (Decided | null)[], of: Claim['of'], name: string, names: string): string => {
    const own = column.filter((entry) => entry?.claim.of === of);
    const count = (...wanted: Verdict[]): number =>
      own.filter((entry) => entry && wanted.includes(entry.verdict)).length;
    const [onImages, varying] = [count('only on these images'), count('not at every value')];
    return [
      `${count('yes')} of ${counted(own.length, name, names)} held`,
      `${count('no: lower', 'no: the opposite')} went the other way`,
      ...(varying > 0 ? [`${varying} went the other way at some values only`] : []),
      ...(onImages > 0 ? [`${onImages} differed clearly on these images alone`] : []),
      `${count('no clear difference', 'too few seeds to say')} cannot be told`,
    ].join(', ');
  };
  const line = (title: string, regime: 'few' | 'plenty'): string => {
    const column = rows.map((row) => row[regime]);
    return `- **${title}**: ${counts(column, 'papers', 'claim of the papers', 'claims of the papers')}; ${counts(column, 'ours', 'question of our own', 'questions of our own')}.`;
  };
  return [line('Few images', 'few'), line('Plenty of data', 'plenty')].join('\n');
}

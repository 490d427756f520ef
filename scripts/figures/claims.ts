/** The papers' claims, compared with the measures of the studies that test them. */
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { federatedFewShots } from '../../src/study/presets/federated-few-shots.ts';
import { federated } from '../../src/study/presets/federated.ts';
import { full } from '../../src/study/presets/full.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { manyTasksFewShots } from '../../src/study/presets/many-tasks-few-shots.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import { sixteenShots } from '../../src/study/presets/sixteen-shots.ts';
import { ablationsFewShots } from '../../src/study/presets/ablations-few-shots.ts';
import { ablations } from '../../src/study/presets/ablations.ts';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { hundredths, integer, signedPoints } from '../../src/core/number-format.ts';
import { mean } from '../../src/core/statistics.ts';
import { meanProbability } from '../../src/copra/gate-sampler.ts';
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
  /** What claims that are counted together are about. */
  readonly subject: string;
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
  /** The deciding studies, of every regime at most one; absent: the whole comparisons. */
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
const ABLATIONS: readonly Preset[] = [sixteenShots, ablationsFewShots, ablations];

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

/** Dropping whose probability does not rise, and the source of the comparison. */
const CONSTANT: readonly (readonly [arm: string, name: string, of: Claim['of'], source: string])[] = [
  ['stochastic-depth', 'stochastic depth', 'papers', 'CoTo, table r3'],
  ['layer-drop', 'layer drop', 'ours', 'CoTo, table r3, has stochastic depth'],
  ['copra-constant', 'CopRA without its ramp', 'ours', 'CoTo, table r3, has stochastic depth'],
];

/** Where the ramp is held against them. */
const RAMP: readonly { readonly where: string; readonly measure: string; readonly claim: string }[] = [
  { where: 'every layer on', measure: 'test accuracy, everything on', claim: 'more accurate with everything on' },
  {
    where: 'two seeds averaged',
    measure: 'midpoint accuracy, factor path',
    claim: 'two seeds averaged are more accurate',
  },
  {
    where: 'half of the layers',
    measure: 'accuracy, every other layer kept (1',
    claim: 'more accurate with layers 1, 3, 5 … only',
  },
  {
    where: 'half of the layers',
    measure: 'accuracy, every other layer kept (2',
    claim: 'more accurate with layers 2, 4, 6 … only',
  },
];

/** What each method reaches at the learning rate that is best for it on validation images. */
const TUNED: readonly (readonly [claim: string, measure: string, direction: Claim['direction']])[] = [
  ['accuracy with everything on does not suffer', 'test accuracy, everything on', 'not lower'],
  ['two seeds averaged are more accurate', 'midpoint accuracy, factor path', 'higher'],
  ['more accurate with every other layer removed', 'accuracy, every other layer kept', 'higher'],
];

const CLAIMS: readonly Claim[] = [
  {
    subject: 'Accuracy with everything on does not suffer',
    claim: 'Accuracy with everything on does not suffer',
    of: 'papers',
    source: 'CoTo, table r3',
    measure: 'test accuracy, everything on',
    direction: 'not lower',
  },
  {
    subject: 'Seeds of one task merge better',
    claim: 'Seeds are connected linearly: a lower barrier when A and B are averaged',
    of: 'papers',
    source: 'CopRA, Fig. 3',
    measure: 'barrier in accuracy, factor path',
    direction: 'lower',
  },
  {
    subject: 'Seeds of one task merge better',
    claim: 'Two seeds averaged are more accurate',
    of: 'papers',
    source: 'CopRA, Fig. 3',
    measure: 'midpoint accuracy, factor path',
    direction: 'higher',
  },
  {
    subject: 'Seeds of one task, merged, keep more of the gain',
    claim: 'Two seeds averaged keep more of the gain',
    of: 'ours',
    source: 'CopRA, Fig. 3 has accuracies',
    measure: 'gain kept at the midpoint, factor path',
    direction: 'higher',
  },
  {
    subject: 'Credit is spread over the layers',
    claim: 'Credit is spread over the layers: less of it in the top third',
    of: 'ours',
    source: 'CopRA, Fig. 2 and CoTo, fig. r5, show the values of all layers',
    measure: 'share of Shapley value in the top third',
    direction: 'lower',
  },
  ...KEPT_PARTS.flatMap(([claim, kept]): Claim[] => [
    {
      subject: 'More accurate without a part of the adapter',
      claim: `${claim}: more accurate`,
      of: 'papers',
      source: 'CopRA, Fig. 4',
      measure: `accuracy, ${kept}`,
      direction: 'higher',
    },
    {
      subject: 'More of the gain is kept without a part of the adapter',
      claim: `${claim}: more of the gain is kept`,
      of: 'ours',
      source: 'CopRA, Fig. 4 has accuracies',
      measure: `gain kept, ${kept}`,
      direction: 'higher',
    },
  ]),
  ...SCOPES.map(([scope, removed]): Claim => ({
    subject: 'More accurate without half of the single weights',
    claim: `Half of the single weights removed (${scope}): more accurate`,
    of: 'papers',
    source: 'CopRA, Fig. 4',
    measure: `accuracy at half the entries, ${removed}`,
    direction: 'higher',
  })),
  ...CONSTANT.flatMap(([against, name, of, source]) =>
    RAMP.map(({ claim, measure }): Claim => ({
      subject: 'The ramp is better than constant dropping',
      claim: `The ramp is better than constant dropping (${name}): ${claim}`,
      of,
      source,
      measure,
      against,
      direction: 'higher',
      presets: ABLATIONS,
    })),
  ),
  {
    subject: 'Seeds merge better whatever the learning rate',
    claim: 'Two seeds averaged are more accurate whatever the learning rate',
    of: 'papers',
    source: 'CopRA, Fig. 5; CoTo, fig. r6',
    measure: 'midpoint accuracy, factor path, learning rate',
    direction: 'higher',
    presets: LEARNING_RATES,
  },
  ...TUNED.map(([claim, measure, direction]): Claim => ({
    subject: 'Each method at its own best learning rate: CopRA is as accurate, merges and prunes better',
    claim: `Each method at its own best learning rate: ${claim}`,
    of: 'ours',
    source: 'CopRA, Fig. 5, and CoTo, fig. r6, compare at equal rates',
    measure: `${measure}, each at its own best learning rate`,
    direction,
    presets: LEARNING_RATES,
  })),
  {
    subject: 'Adapters of different tasks merge better',
    claim: 'Adapters of different tasks merge better: the average of A and B is more accurate on the tasks',
    of: 'papers',
    source: 'CopRA, Fig. 5; CoTo, table r1',
    measure: 'accuracy, adapters of all tasks merged: A and B averaged',
    direction: 'higher',
    ...MANY_TASKS,
  },
  {
    subject: 'Adapters of different tasks merge better',
    claim: 'Adapters of different tasks merge better: the average of their updates is more accurate on the tasks',
    of: 'papers',
    source: 'CopRA, Fig. 5; CoTo, table r1, as Ensemble',
    measure: 'accuracy, adapters of all tasks merged: ΔW averaged',
    direction: 'higher',
    ...MANY_TASKS,
  },
  {
    subject: 'Other domains: keeps more',
    claim: 'Other domains: keeps more of the backbone’s accuracy',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, everything on',
    direction: 'higher',
  },
  {
    subject: 'Other domains: keeps more',
    claim: 'Other domains at equal task accuracy (the better arm’s update scaled down): keeps more',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, updates scaled to equal accuracy on the task',
    direction: 'higher',
  },
  {
    subject: 'Other domains: keeps more',
    claim: 'Other domains: keeps more with two fixed halves of the layers on',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, half of the layers on',
    direction: 'higher',
  },
  {
    subject: 'Other domains: keeps more',
    claim: 'Other domains: two seeds averaged keep more',
    of: 'ours',
    source: 'CopRA, abstract, names other domains without a protocol',
    measure: 'accuracy on other domains, midpoint of the factor path',
    direction: 'higher',
  },
  {
    subject: 'Federated clients average better',
    claim: 'Federated clients: the average of their A and B is more accurate',
    of: 'ours',
    source: 'CopRA, abstract, names federated learning without a protocol',
    measure: 'accuracy of the global model after the last round, FedIT',
    direction: 'higher',
    presets: FEDERATED,
    single: { name: 'ordinary runs of as many steps', measure: 'test accuracy, everything on' },
  },
  {
    subject: 'Federated clients average better',
    claim: 'Federated clients: averaging A and B errs less',
    of: 'ours',
    source: 'CopRA, abstract, names federated learning without a protocol',
    measure: 'error of averaging A and B, share of the largest that the clients’ movement allows',
    direction: 'lower',
    presets: FEDERATED,
  },
];

/** Whole comparisons, one in every regime. */
const COMPARISONS: readonly Preset[] = [sixteenShots, fewShots, full];

const REGIMES = ['papers', 'few', 'plenty'] as const;
type Regime = (typeof REGIMES)[number];

const TITLES: Record<Regime, string> = {
  papers: 'The papers’ setting',
  few: 'Few images',
  plenty: 'Plenty of data',
};

function regimeOf(preset: Preset): Regime {
  if (preset === sixteenShots) return 'papers';
  return preset.config.shots === null ? 'plenty' : 'few';
}

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

/** A Markdown table of the studies that decide the claims: in what the regimes differ. */
export function regimesStudies(results: Results): string {
  const presets = [...new Set(decided(results).map(({ preset }) => preset))];
  const rows = REGIMES.flatMap((regime) => presets.filter((preset) => regimeOf(preset) === regime)).map((preset) => {
    const { arms, seeds, shots, training } = preset.config;
    const rates = [...new Set(arms.map(({ learningRate }) => learningRate))];
    return [
      preset.name,
      shots === null ? 'all' : String(shots),
      listed([...new Set(arms.flatMap(({ towers }) => towers))]),
      listed([...new Set(arms.map(({ rank }) => String(rank)))]),
      rates.length > 1 ? `${Math.min(...rates)} to ${Math.max(...rates)}` : String(rates[0]),
      integer(training.steps),
      String(seeds.length),
    ];
  });
  return markdownTable(['study', 'images a class', 'adapters in', 'rank', 'learning rate', 'steps', 'seeds'], rows);
}

const isContrary = ({ verdict }: Decided): boolean => verdict.startsWith('no:');

/** Claims by what came of them. */
function tally(entries: readonly Decided[]) {
  const count = (...wanted: Verdict[]): number => entries.filter((entry) => wanted.includes(entry.verdict)).length;
  return {
    asked: entries.length,
    held: count('yes'),
    contrary: entries.filter(isContrary).length,
    varying: count('not at every value'),
    ofThese: count('only on these images'),
    open: count('no clear difference', 'too few seeds to say'),
  };
}

/** "4 of 21 claims of the papers held, 0 went the other way, 17 cannot be told" */
function countsText(entries: readonly Decided[], name: string, names: string): string {
  const { asked, held, contrary, varying, ofThese, open } = tally(entries);
  return [
    `${held} of ${counted(asked, name, names)} held`,
    `${contrary} went the other way`,
    ...(varying > 0 ? [`${varying} went the other way at some values only`] : []),
    ...(ofThese > 0 ? [`${ofThese} differed clearly on these images alone`] : []),
    `${open} cannot be told`,
  ].join(', ');
}

/** How many of the claims held in each regime, the papers' apart from ours, as Markdown. */
export function regimesSummary(results: Results): string {
  const all = decided(results);
  return REGIMES.flatMap((regime) => {
    const [papers, ours] = (['papers', 'ours'] as const).map((of) =>
      all.filter(({ claim, preset }) => claim.of === of && regimeOf(preset) === regime),
    );
    return papers.length + ours.length === 0
      ? []
      : [
          `- **${TITLES[regime]}**: ${countsText(papers, 'claim of the papers', 'claims of the papers')}; ${countsText(ours, 'question of our own', 'questions of our own')}.`,
        ];
  }).join('\n');
}

/** "**3** of 8, 1 the other way"; a dash where none was asked. */
function countsCell(entries: readonly Decided[]): string {
  const { asked, held, contrary, varying, ofThese } = tally(entries);
  if (asked === 0) return '–';
  return [
    `${held > 0 ? `**${held}**` : held} of ${asked}`,
    ...(contrary > 0 ? [`${contrary} the other way`] : []),
    ...(varying > 0 ? [`${varying} the other way at some values`] : []),
    ...(ofThese > 0 ? [`${ofThese} on these images alone`] : []),
  ].join(', ');
}

/** A Markdown table of how many claims held, by what they are about and in every regime; those of the papers first. */
export function subjectsTable(results: Results): string {
  const all = decided(results);
  const rows = (['papers', 'ours'] as const).flatMap((of) => {
    const asked = all.filter(({ claim }) => claim.of === of);
    const subjects = [...new Set(CLAIMS.map(({ subject }) => subject))];
    return subjects.flatMap((subject) => {
      const own = asked.filter(({ claim }) => claim.subject === subject);
      if (own.length === 0) return [];
      return [
        [subject, of, ...REGIMES.map((regime) => countsCell(own.filter(({ preset }) => regimeOf(preset) === regime)))],
      ];
    });
  });
  return markdownTable(['what is claimed', 'of', ...REGIMES.map((regime) => TITLES[regime].toLowerCase())], rows);
}

/** A Markdown table, one row per claim: its verdict and difference in every regime. */
export function regimesTable(results: Results): string {
  const all = decided(results);
  const cell = (claim: Claim, regime: Regime): string => {
    const entry = all.find((one) => one.claim === claim && regimeOf(one.preset) === regime);
    return entry ? `${shown(entry.verdict)}, ${differencesText(entry)}` : '–';
  };
  return markdownTable(
    ['claim', 'of', ...REGIMES.map((regime) => TITLES[regime].toLowerCase())],
    CLAIMS.filter((claim) => all.some((entry) => entry.claim === claim)).map((claim) => [
      claim.claim,
      claim.of,
      ...REGIMES.map((regime) => cell(claim, regime)),
    ]),
  );
}

/** Layers of a tower of the bundled backbone: with stochastic depth it decides how many are on. */
const LAYERS = 12;

/** "CopRA 62.5 %, Layer drop 50.0 to 62.5 %": how many layers are on in a step of training, on average, in the arms of that id of some studies. */
function activityText(presets: readonly Preset[], ids: readonly string[]): string {
  const told = ids.map((id) => {
    const found = presets.flatMap(({ config: { arms, training } }) =>
      arms
        .filter((arm) => arm.id === id)
        .map((arm) => {
          const each = Array.from({ length: training.steps }, (_, step) =>
            meanProbability(arm, step, training.steps, LAYERS),
          );
          return { name: arm.name, share: mean(each) };
        }),
    );
    const shares = found.map(({ share }) => share);
    const ends = [Math.min(...shares), Math.max(...shares)].map((share) => hundredths(share));
    return `${found[0].name} ${[...new Set(ends)].join(' to ')} %`;
  });
  return told.join(', ');
}

/**
 * How CopRA compares with dropping without a ramp: from which difference to which, and how often it is clearly better and clearly worse. Empty while no study of it
 * is saved.
 */
export function rampSentence(results: Results): string {
  const asked = decided(results).filter(({ claim }) => claim.against !== undefined);
  if (asked.length === 0) return '';
  const presets = [...new Set(asked.map(({ preset }) => preset))];
  const against = [...new Set(asked.flatMap(({ claim }) => claim.against ?? []))];
  const told = [...new Set(RAMP.map(({ where }) => where))].map((where) => {
    const measures = RAMP.filter((one) => one.where === where).map(({ measure }) => measure);
    const own = asked.filter(({ claim }) => measures.includes(claim.measure));
    const means = own.map(({ rows: [{ difference }] }) => difference.mean);
    const { held, contrary } = tally(own);
    return `with ${where} ${signedPoints(Math.min(...means))} to ${signedPoints(Math.max(...means))}, clearly ahead in ${held} of ${own.length} and clearly behind in ${contrary}`;
  });
  return `${listed(presets.map(({ name }) => `“${name}”`))} hold CopRA against dropping layers without a ramp. CopRA − the other in points of accuracy: ${told.join('; ')}. Not all of them drop as much. Layers that are on in a step of training, on average: ${activityText(presets, ['copra', ...against])}.`;
}

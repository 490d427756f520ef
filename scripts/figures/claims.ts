/** The papers' claims, compared with the measures of the studies that test them. */
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { federatedFewShots } from '../../src/study/presets/federated-few-shots.ts';
import { federated } from '../../src/study/presets/federated.ts';
import { full } from '../../src/study/presets/full.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { manyTasksFewShots } from '../../src/study/presets/many-tasks-few-shots.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import { counted } from '../../src/core/counted.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { armCells, comparisons, countText, differenceText, type Compared } from './comparison.ts';
import { markdownTable } from '../markdown-table.ts';

interface Claim {
  /** Paraphrased. */
  readonly claim: string;
  readonly source: string;
  /** Prefix of the name of the deciding measure (measures.ts). */
  readonly measure: string;
  /** Expected direction of CopRA's value relative to LoRA's. */
  readonly direction: 'higher' | 'lower' | 'not lower';
  /** The deciding studies; absent: the whole comparison, in both regimes. */
  readonly presets?: readonly Preset[];
}

const MANY_TASKS: readonly Preset[] = [manyTasksFewShots, manyTasks];
const FEDERATED: readonly Preset[] = [federatedFewShots, federated];

const CLAIMS: readonly Claim[] = [
  {
    claim: 'Accuracy with everything on does not suffer',
    source: 'CoTo, table r3',
    measure: 'test accuracy, everything on',
    direction: 'not lower',
  },
  {
    claim: 'Seeds are connected linearly: a lower barrier when A and B are averaged',
    source: 'CopRA, Fig. 3',
    measure: 'barrier in accuracy, factor path',
    direction: 'lower',
  },
  {
    claim: 'Two seeds averaged are more accurate',
    source: 'CopRA, Fig. 3',
    measure: 'midpoint accuracy, factor path',
    direction: 'higher',
  },
  {
    claim: 'Two seeds averaged keep more of the gain',
    source: 'CopRA, Fig. 3',
    measure: 'midpoint retained gain, factor path',
    direction: 'higher',
  },
  {
    claim: 'Credit is spread over the layers: less of it in the top third',
    source: 'CopRA, Fig. 2',
    measure: 'share of Shapley value in the top third',
    direction: 'lower',
  },
  {
    claim: 'Every other layer removed: more of the gain is kept (layers 1, 3, 5 … stay)',
    source: 'CopRA, Fig. 4',
    measure: 'retained gain, every other layer kept (1',
    direction: 'higher',
  },
  {
    claim: 'Every other layer removed: more of the gain is kept (layers 2, 4, 6 … stay)',
    source: 'CopRA, Fig. 4',
    measure: 'retained gain, every other layer kept (2',
    direction: 'higher',
  },
  ...['low', 'middle', 'high'].map((third): Claim => ({
    claim: `Only the ${third} third of the layers kept: more of the gain is kept`,
    source: 'CopRA, Fig. 4',
    measure: `retained gain, ${third} third kept`,
    direction: 'higher',
  })),
  ...['q', 'k', 'v'].map((projection): Claim => ({
    claim: `Only ${projection} kept: more of the gain is kept`,
    source: 'CopRA, Fig. 4',
    measure: `retained gain, only ${projection} kept`,
    direction: 'higher',
  })),
  {
    claim: 'Single weights removed: higher accuracy, averaged over the sparsities',
    source: 'CopRA, Fig. 4',
    measure: 'mean accuracy over the sparsities, entries of A and B removed',
    direction: 'higher',
  },
  {
    claim: 'Two seeds averaged are more accurate whatever the learning rate',
    source: 'CopRA, Fig. 5; CoTo, fig. r6',
    measure: 'midpoint accuracy at every learning rate',
    direction: 'higher',
    presets: [learningRatesFewShots, learningRates],
  },
  {
    claim: 'Adapters of different tasks merge better: the average of A and B is more accurate on the tasks',
    source: 'CopRA, Fig. 5; CoTo, table r1',
    measure: 'accuracy, adapters of all tasks merged: A and B averaged',
    direction: 'higher',
    presets: MANY_TASKS,
  },
  {
    claim: 'Adapters of different tasks merge better: the average of their updates is more accurate on the tasks',
    source: 'CopRA, Fig. 5; CoTo, table r1',
    measure: 'accuracy, adapters of all tasks merged: ΔW averaged',
    direction: 'higher',
    presets: MANY_TASKS,
  },
  {
    claim: 'Other domains: keeps more of the backbone’s accuracy',
    source: 'CopRA, abstract',
    measure: 'accuracy on other domains, everything on',
    direction: 'higher',
  },
  {
    claim: 'Other domains: keeps more with half of the layers on',
    source: 'CopRA, abstract',
    measure: 'accuracy on other domains, half of the layers on',
    direction: 'higher',
  },
  {
    claim: 'Other domains: two seeds averaged keep more',
    source: 'CopRA, abstract',
    measure: 'accuracy on other domains, midpoint of the factor path',
    direction: 'higher',
  },
  {
    claim: 'Federated clients: the average of their A and B is more accurate',
    source: 'CopRA, abstract',
    measure: 'accuracy of the global model after the last round, FedIT',
    direction: 'higher',
    presets: FEDERATED,
  },
  {
    claim: 'Federated clients: averaging A and B errs less',
    source: 'CopRA, abstract',
    measure: 'error of averaging A and B, mean over rounds',
    direction: 'lower',
    presets: FEDERATED,
  },
];

/** The whole comparison in both regimes. */
const COMPARISONS: readonly Preset[] = [fewShots, full];

type Verdict = 'yes' | 'no clear difference' | 'no: lower' | 'no: the opposite' | 'too few seeds to say';

function verdict({ direction }: Claim, { side }: Compared): Verdict {
  if (side === null) return 'too few seeds to say';
  if (direction === 'not lower') return side === -1 ? 'no: lower' : 'yes';
  if (side === 0) return 'no clear difference';
  return side === (direction === 'higher' ? 1 : -1) ? 'yes' : 'no: the opposite';
}

const shown = (found: Verdict): string => (found.startsWith('no:') ? `**${found}**` : found);

/** A claim as one study decides it. */
interface Decided {
  readonly claim: Claim;
  readonly preset: Preset;
  readonly compared: Compared;
  readonly verdict: Verdict;
}

type Results = ReadonlyMap<Preset, StudyResult>;

/** Every claim in every study that decides it. Studies without a result, or without the measure, are left out. */
function decided(results: Results): Decided[] {
  const rows = new Map([...results].map(([preset, result]) => [preset, comparisons(result)]));
  return CLAIMS.flatMap((claim) =>
    (claim.presets ?? COMPARISONS).flatMap((preset) => {
      const compared = rows.get(preset)?.find(({ measure }) => measure.name.startsWith(claim.measure));
      return compared ? [{ claim, preset, compared, verdict: verdict(claim, compared) }] : [];
    }),
  );
}

/** A Markdown table, one row per claim and study: source, figures, verdict. */
export const claimsTable = (results: Results): string =>
  markdownTable(
    ['claim', 'where', 'study', 'LoRA', 'CopRA', 'difference (95 % interval)', 'over', 'held here?'],
    decided(results).map(({ claim, preset, compared, verdict: found }) => [
      claim.claim,
      claim.source,
      preset.name,
      ...armCells(compared),
      differenceText(compared.difference),
      countText(compared),
      shown(found),
    ]),
  );

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

/** In which regime a claim holds, in words. */
function where({ few, plenty }: Regimes): string {
  const holds = (one: Decided | null): boolean => one?.verdict === 'yes';
  const isContrary = (one: Decided | null): boolean => one?.verdict.startsWith('no:') ?? false;
  if (holds(few) && holds(plenty)) return 'in both';
  if (holds(few)) return plenty ? 'with few images' : 'with few images; plenty not asked';
  if (holds(plenty)) return few ? 'with plenty of data' : 'with plenty of data; few not asked';
  if (isContrary(few) && isContrary(plenty)) return 'the opposite, in both';
  if (isContrary(few)) return 'the opposite with few images';
  if (isContrary(plenty)) return 'the opposite with plenty of data';
  return 'cannot be told';
}

/** The claims by where they hold, as a list for readers who do not read tables. */
export function regimesReading(results: Results): string {
  const claims = inRegimes(results).map((entry) => ({ text: entry.claim.claim, where: where(entry) }));
  const groups: readonly (readonly [title: string, of: (where: string) => boolean])[] = [
    ['Clear in both regimes', (place) => place === 'in both'],
    ['Clear with few images, not with plenty of data or not asked there', (place) => place.startsWith('with few')],
    ['Clear with plenty of data, not with few images or not asked there', (place) => place.startsWith('with plenty')],
    ['The opposite was found', (place) => place.startsWith('the opposite')],
    ['These studies cannot tell', (place) => place === 'cannot be told'],
  ];
  return groups
    .flatMap(([title, isIn]) => {
      const own = claims.filter((claim) => isIn(claim.where));
      if (own.length === 0) return [];
      const remark = (place: string): string =>
        place.startsWith('the opposite') ? ` (${place.replace('the opposite', '').replace(/^,? /, '')})` : '';
      return [`- **${title}**: ${own.map((claim) => `${claim.text}${remark(claim.where)}`).join('; ')}.`];
    })
    .join('\n');
}

/** A Markdown table, one row per claim: where it holds, its verdict and difference with few images and with plenty of them. */
export function regimesTable(results: Results): string {
  const cell = (row: Decided | null): string =>
    row ? `${shown(row.verdict)}, ${differenceText(row.compared.difference)}` : '–';
  return markdownTable(
    ['claim', 'clear', 'few images', 'plenty of data'],
    inRegimes(results).map((entry) => [entry.claim.claim, where(entry), cell(entry.few), cell(entry.plenty)]),
  );
}

/** How many of the rows of the table held in each regime, as Markdown. */
export function regimesSummary(results: Results): string {
  const rows = inRegimes(results);
  const [few, plenty] = [rows.map((row) => row.few), rows.map((row) => row.plenty)];
  const line = (title: string, column: readonly (Decided | null)[]): string => {
    const own = column.filter((entry) => entry !== null);
    const count = (...wanted: Verdict[]): number => own.filter((entry) => wanted.includes(entry.verdict)).length;
    const unclear = count('no clear difference', 'too few seeds to say');
    return `- **${title}**: ${count('yes')} of ${counted(own.length, 'claim')} held, ${count('no: lower', 'no: the opposite')} went the other way, ${unclear} cannot be told.`;
  };
  return [line('Few images', few), line('Plenty of data', plenty)].join('\n');
}

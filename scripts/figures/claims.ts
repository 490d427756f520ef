/** The papers' claims, compared with the measures of the studies that test them. */
import { federated } from '../../src/study/presets/federated.ts';
import { full } from '../../src/study/presets/full.ts';
import { learningRates } from '../../src/study/presets/learning-rates.ts';
import { manyTasks } from '../../src/study/presets/many-tasks.ts';
import type { Preset } from '../../src/study/presets/preset.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { armCells, comparisons, countText, differenceText, type Compared } from './comparison.ts';

interface Claim {
  /** Paraphrased. */
  readonly claim: string;
  readonly source: string;
  /** Prefix of the name of the deciding measure (measures.ts). */
  readonly measure: string;
  /** Expected direction of CopRA's value relative to LoRA's. */
  readonly direction: 'higher' | 'lower' | 'not lower';
  /** The deciding study; absent: the default one. */
  readonly preset?: Preset;
}

/** The first saved study that is tested on other domains; until there is one, the default study lacks these measures, and so their rows. */
const tested = PRESETS.find(({ saved, config }) => saved && config.analyses.domains?.enabled);
const onOtherDomains = tested && { preset: tested };

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
    claim: 'Every other layer removed: more of the gain is kept (even layers stay)',
    source: 'CopRA, Fig. 4',
    measure: 'retained gain, every other layer kept (0',
    direction: 'higher',
  },
  {
    claim: 'Every other layer removed: more of the gain is kept (odd layers stay)',
    source: 'CopRA, Fig. 4',
    measure: 'retained gain, every other layer kept (1',
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
    preset: learningRates,
  },
  {
    claim: 'Adapters of different tasks merge better: the average of A and B is more accurate on the tasks',
    source: 'CopRA, Fig. 5; CoTo, table r1',
    measure: 'accuracy, adapters of all tasks merged: A and B averaged',
    direction: 'higher',
    preset: manyTasks,
  },
  {
    claim: 'Other domains: keeps more of the backbone’s accuracy',
    source: 'CopRA, abstract',
    measure: 'accuracy on other domains, everything on',
    direction: 'higher',
    ...onOtherDomains,
  },
  {
    claim: 'Other domains: keeps more with half of the layers on',
    source: 'CopRA, abstract',
    measure: 'accuracy on other domains, half of the layers on',
    direction: 'higher',
    ...onOtherDomains,
  },
  {
    claim: 'Other domains: two seeds averaged keep more',
    source: 'CopRA, abstract',
    measure: 'accuracy on other domains, midpoint of the factor path',
    direction: 'higher',
    ...onOtherDomains,
  },
  {
    claim: 'Federated clients: the average of their A and B is more accurate',
    source: 'CopRA, abstract',
    measure: 'accuracy of the global model after the last round, FedIT',
    direction: 'higher',
    preset: federated,
  },
  {
    claim: 'Federated clients: averaging A and B errs less',
    source: 'CopRA, abstract',
    measure: 'error of averaging A and B, mean over rounds',
    direction: 'lower',
    preset: federated,
  },
];

function verdict({ direction }: Claim, { side }: Compared): string {
  if (side === null) return 'too few seeds to say';
  if (direction === 'not lower') return side === -1 ? '**no: lower**' : 'yes';
  if (side === 0) return 'no clear difference';
  return side === (direction === 'higher' ? 1 : -1) ? 'yes' : '**no: the opposite**';
}

/** Columns: all, or only those that make sense without the papers. */
type Columns = 'all' | 'short';

/** A Markdown table: claim, source, figures, verdict. Claims without a result, or without a measure in it, are left out. */
export function claimsTable(results: ReadonlyMap<Preset, StudyResult>, columns: Columns = 'all'): string {
  const all = columns === 'all';
  const rows = CLAIMS.flatMap((claim) => {
    const preset = claim.preset ?? full;
    const result = results.get(preset);
    const row = result && comparisons(result).find(({ measure }) => measure.name.startsWith(claim.measure));
    if (!row) return [];
    const told = all ? [claim.source] : [];
    const cells = [claim.claim, ...told, ...armCells(row), differenceText(row.difference)];
    const basis = all ? [countText(row), preset.name] : [];
    return [`| ${[...cells, ...basis, verdict(claim, row)].join(' | ')} |`];
  });
  const head = ['claim', ...(all ? ['where'] : []), 'LoRA', 'CopRA', 'difference (95 % interval)'];
  const heads = [...head, ...(all ? ['over', 'preset'] : []), 'held here?'];
  return [`| ${heads.join(' | ')} |`, `| ${heads.map(() => '---').join(' | ')} |`, ...rows].join('\n');
}

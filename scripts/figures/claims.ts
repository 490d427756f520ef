/** What the papers claim, against the measures of the default study. */
import type { StudyResult } from '../../src/study/result.ts';
import { armCells, comparisons, countText, differenceText, type Compared } from './comparison.ts';

interface Claim {
  /** In our words. */
  readonly claim: string;
  readonly source: string;
  /** Start of the name of the measure that decides it (measures.ts). */
  readonly measure: string;
  /** Which way CopRA's figure should differ from LoRA's. */
  readonly direction: 'higher' | 'lower' | 'not lower';
}

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
];

function verdict({ direction }: Claim, { difference: { low, high } }: Compared): string {
  const [isHigher, isLower] = [low > 0, high < 0];
  if (direction === 'not lower') return isLower ? '**no: lower**' : 'yes';
  if (direction === 'higher' ? isHigher : isLower) return 'yes';
  return isHigher || isLower ? '**no: the opposite**' : 'no clear difference';
}

/** A Markdown table: claim, source, figures, verdict. Claims without a measure in the result are left out. */
export function claimsTable(result: StudyResult): string {
  const [baseline, other] = result.config.arms;
  const compared = comparisons(result);
  const rows = CLAIMS.flatMap((claim) => {
    const row = compared.find(({ measure }) => measure.name.startsWith(claim.measure));
    if (!row) return [];
    const cells = [claim.claim, claim.source, ...armCells(row), differenceText(row.difference), countText(row)];
    return [`| ${[...cells, verdict(claim, row)].join(' | ')} |`];
  });
  return [
    `| claim | where | ${baseline.name} | ${other.name} | difference (95 % interval) | over | held here? |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

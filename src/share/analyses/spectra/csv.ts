import { effectiveRank, stableRank } from '../../../copra/spectra/spectrum.ts';
import { spectrumOf } from '../../../study/analyses/spectra/measures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per adapted projection of a run; singular values of ΔW in one cell, separated by spaces. */
export function spectraCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = (result.spectra ?? []).flatMap((entry) =>
    entry.maps.map(({ tower, layer, projection }, i): Cell[] => {
      const values = spectrumOf(entry, i);
      return [
        ...[nameOf(entry.arm), entry.seed, tower, layer + 1, projection],
        effectiveRank(values),
        stableRank(values),
        entry.intruders?.[i] ?? null,
        entry.condition?.[i] ?? null,
        values.join(' '),
      ];
    }),
  );
  const head = ['arm', 'seed', 'tower', 'layer', 'projection'];
  return csv([...head, 'effective_rank', 'stable_rank', 'intruders', 'condition', 'singular_values'], rows);
}

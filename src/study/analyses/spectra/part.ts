import { byArm, ofArms, runName, unitedRuns, type ResultPart } from '../../result/result-part.ts';
import type { SpectraResult } from './result.ts';

/** Lists of singular values are as long as the projections times a rank, whatever that is. */
const rankOf = ({ maps, singular }: SpectraResult): number =>
  Math.max(1, Math.round(singular.length / maps.length) || 0);

export const SPECTRA_PART: ResultPart<SpectraResult[]> = {
  identity: ['arm', 'seed'],
  names: (entries) => [['spectra', entries.map(runName)]],
  runs: (entries) => entries,
  lengths: (entries) =>
    entries.flatMap((entry) => {
      const { maps, singular, intruders, condition } = entry;
      const lists = [intruders, condition].flatMap((list) => (list ? [list.length] : []));
      return [
        ['spectra', runName(entry), maps.length, ...lists],
        ['spectra.singular', runName(entry), maps.length * rankOf(entry), singular.length],
      ] as const;
    }),
  ofArms,
  united: unitedRuns,
  ordered: (entries, config) => byArm(entries, config, ({ seed }) => [config.seeds.indexOf(seed)]),
};

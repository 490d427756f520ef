/** The spectra of the updates of all runs, what of them is new to the frozen weights, and how far their factors are from one another. */
import { svd } from '../../../core/decompositions.ts';
import type { LoraPair } from '../../../core/adapter-layout.ts';
import { matrix } from '../../../core/matrix.ts';
import { factorsOf } from '../../../copra/merging/low-rank.ts';
import { alignmentCondition } from '../../../copra/spectra/alignment-condition.ts';
import { intruderShare } from '../../../copra/spectra/intruders.ts';
import { updateSpectrum } from '../../../copra/spectra/spectrum.ts';
import { adaptedMap } from '../../../model/backbone.ts';
import { found } from '../../result/result-parts.ts';
import { reportPhase, type StudyContext, type TrainedRun } from '../../run/context.ts';
import { withoutDora } from '../without-dora.ts';
import type { SpectraResult } from './result.ts';
import { spectraWork } from './work.ts';
import { isOf } from '../../result/run-names.ts';

/** Six digits are more than any figure shows. */
const rounded = (value: number): number => Number(value.toPrecision(6));

interface Growing {
  readonly run: TrainedRun;
  /** The arm's first run; null for that run itself. */
  readonly reference: TrainedRun | null;
  readonly singular: number[];
  readonly intruders: number[];
  readonly condition: (number | null)[];
}

const isSameMap = (a: LoraPair, b: LoraPair): boolean =>
  a.tower === b.tower && a.layer === b.layer && a.projection === b.projection;

/** Every adapted projection of any run, once. */
function mapsOf(runs: readonly TrainedRun[]): LoraPair[] {
  const maps: LoraPair[] = [];
  for (const { layout } of runs)
    for (const pair of layout.pairs) if (!maps.some((map) => isSameMap(map, pair))) maps.push(pair);
  return maps;
}

export async function runSpectra(context: StudyContext, all: readonly TrainedRun[]): Promise<void> {
  const { known, config, clock, model, emit } = context;
  const { directions = 0, threshold = 0 } = config.analyses.spectra ?? {};
  const runs = withoutDora(context, all, 'spectra');
  const entries = runs
    .filter((run) => !known?.spectra?.some((entry) => isOf(entry, run)))
    .map((run): Growing => {
      const first = runs.find(({ arm }) => arm.id === run.arm.id)!;
      return { run, reference: first === run ? null : first, singular: [], intruders: [], condition: [] };
    });
  if (entries.length === 0) return;
  const maps = mapsOf(entries.map(({ run }) => run));
  for (const [done, map] of maps.entries()) {
    await context.checkpoint();
    const from = clock.seconds;
    const frozen = directions > 0 ? svdOfMap(model.backbone, map) : null;
    for (const { run, reference, singular, intruders, condition } of entries) {
      const pair = run.layout.pairs.find((own) => isSameMap(own, map));
      if (!pair) continue;
      const factors = factorsOf(run.layout, run.adapter, pair);
      const values = updateSpectrum(factors, run.scale);
      for (let i = 0; i < run.layout.rank; i++) singular.push(rounded(values[i] ?? 0));
      if (frozen) intruders.push(intruderShare(frozen, factors, run.scale, directions, threshold));
      if (!reference) continue;
      const stretch = alignmentCondition(factorsOf(run.layout, reference.adapter, pair), factors);
      condition.push(stretch === null ? null : rounded(stretch));
    }
    const { algebra } = spectraWork({ ...entries[0].run.layout, pairs: [map] }, entries.length, directions);
    clock.tookAlgebra(algebra, clock.seconds - from);
    reportPhase(context, 'spectra', (done + 1) / maps.length);
  }
  emit(
    found(
      'spectra',
      entries.map((entry) => resultOf(entry, maps, directions > 0)),
    ),
  );
}

/** The whole thin decomposition of a frozen weight [out, in]. */
function svdOfMap(backbone: StudyContext['model']['backbone'], map: LoraPair) {
  const { weight, outFeatures, inFeatures } = adaptedMap(backbone, map);
  return svd(matrix(outFeatures, inFeatures, weight));
}

function resultOf(
  { run, reference, singular, intruders, condition }: Growing,
  maps: readonly LoraPair[],
  searched: boolean,
): SpectraResult {
  const own = maps.filter((map) => run.layout.pairs.some((pair) => isSameMap(pair, map)));
  return {
    arm: run.arm.id,
    seed: run.seed,
    maps: own.map(({ tower, layer, projection }) => ({ tower, layer, projection })),
    singular,
    ...(searched && { intruders }),
    ...(reference && { condition }),
  };
}

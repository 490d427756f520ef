/** The activation tapes of one seed, one per arm: streamed while a study runs, stored with a result, or regenerated. */
import { useMemo } from 'react';
import { findBackbone } from '../../state/models/backbones.ts';
import { runKey } from '../../state/study/shown.ts';
import { storedTape, type Tape } from '../../state/summary/tape.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { RunResult } from '../../study/result/result.ts';
import { useModelsFor, useStudy } from '../context.ts';
import { runOf } from '../../study/result/run-names.ts';

/** [arms]; null for a run without recorded gates. */
export function useTapes(config: StudyConfig, runs: readonly RunResult[], seed: number): (Tape | null)[] {
  const live = useStudy((state) => state.tapes);
  const stored = useModelsFor(config.backbone);
  const backbone = useMemo(() => findBackbone(config.backbone, stored), [config.backbone, stored]);
  return useMemo(
    () =>
      config.arms.map((arm) => {
        const streamed = live[runKey(arm.id, seed)];
        if (streamed) return streamed;
        const run = runOf(runs, arm.id, seed);
        return run ? storedTape(run, config, backbone) : null;
      }),
    [backbone, config, live, runs, seed],
  );
}

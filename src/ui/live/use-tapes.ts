/** The activation tapes of one seed, one per arm: streamed while a study runs, stored with a result, or regenerated. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { findBackbone, type BackboneCard } from '../../state/models/backbones.ts';
import { runKey } from '../../state/study/study-store.ts';
import { decodeTape, playersOfTape, redrawTape, type Tape } from '../../state/summary/tape.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { RunResult } from '../../study/result/result.ts';
import { useServices, useStudy } from '../context.ts';

const MAX_REDRAWN_STEPS = 20_000;

/** The tape stored with a saved result. A link contains none, so its gates are regenerated from the seed. */
function storedTape(run: RunResult, config: StudyConfig, backbone: BackboneCard | null): Tape | null {
  if (run.steps < 1) return null;
  if (run.gates) return decodeTape(run.gates, run.steps, playersOfTape(run.gates, run.steps));
  const arm = config.arms.find(({ id }) => id === run.arm);
  if (!arm || !backbone || run.steps > MAX_REDRAWN_STEPS) return null;
  return redrawTape(arm, backbone, run.seed, run.steps, config.training.steps);
}

/** [arms]; null for a run without recorded gates. */
export function useTapes(config: StudyConfig, runs: readonly RunResult[], seed: number): (Tape | null)[] {
  const live = useStudy((state) => state.tapes);
  const stored = useStore(useServices().models, (state) => state.models);
  const backbone = useMemo(() => findBackbone(config.backbone, stored), [config.backbone, stored]);
  return useMemo(
    () =>
      config.arms.map((arm) => {
        const streamed = live[runKey(arm.id, seed)];
        if (streamed) return streamed;
        const run = runs.find((candidate) => candidate.arm === arm.id && candidate.seed === seed);
        return run ? storedTape(run, config, backbone) : null;
      }),
    [backbone, config, live, runs, seed],
  );
}

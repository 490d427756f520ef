import { useEffect } from 'react';
import { useStore } from 'zustand/react';
import { runsAtOnce } from '../../study/run/training/population-bytes.ts';
import { activationBytes, atSize, trainingBytes, trainingFlops, type ModelFacts } from '../../model/model-facts.ts';
import { memoryKey } from '../../state/models/memory-plans.ts';
import type { MemoryNote } from '../../study/result/memory-note.ts';
import { idleDevice } from '../../state/study/study-store.ts';
import { useServices, useStudy } from '../context.ts';

export interface BackboneCost {
  /** An estimate, where the device has planned nothing. */
  readonly bytes: number;
  /** What the device has planned for the arms, seeds and batches of the next run. */
  readonly memory: MemoryNote | null;
  /** Null until the device has been measured. */
  readonly secondsPerStep: number | null;
}

/** Cost of a backbone with the arms, seeds and batch size of the next run. @param imageSize pixels; absent: the backbone's own */
export function useCost(): (facts: ModelFacts, imageSize?: number) => BackboneCost {
  const { models } = useServices();
  const rate = useStore(models, (state) => state.rate);
  const notes = useStore(models.memory, (state) => state.notes);
  const config = useStudy((state) => state.config);
  const runs = useStudy(({ config }) => config.arms.length * config.seeds.length);
  const seeds = useStudy(({ config }) => config.seeds.length);
  const batchSize = useStudy(({ config }) => config.training.batchSize);
  return (facts, imageSize) => {
    const sized = imageSize === undefined ? facts : atSize(facts, imageSize);
    const together = Math.min(runs, runsAtOnce(batchSize * activationBytes(sized.vision)));
    // The embeddings of a seed's images are computed once; every run passes them through its own layers.
    return {
      memory: notes[memoryKey(config, sized)] ?? null,
      bytes: trainingBytes(sized, together, batchSize) + 4 * seeds * batchSize * 3 * sized.vision.imageSize ** 2,
      secondsPerStep: rate === null ? null : trainingFlops(sized, runs * batchSize) / rate,
    };
  };
}

/** Lets the device plan the memory of these backbones while nothing runs. @param facts the same list at every rendering */
export function useMemoryPlans(facts: readonly ModelFacts[]): void {
  const { models } = useServices();
  const device = useStudy(idleDevice);
  const config = useStudy((state) => state.config);
  const limit = useStore(models.memory, (state) => state.limit);
  const precision = useStore(models.memory, (state) => state.precision);
  useEffect(() => {
    if (device !== null) void models.memory.plan(device, config, facts);
  }, [device, config, limit, precision, facts, models]);
}

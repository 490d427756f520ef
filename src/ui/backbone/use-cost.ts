import { useStore } from 'zustand/react';
import { runsAtOnce } from '../../study/run/population-bytes.ts';
import { activationBytes, atSize, trainingBytes, trainingFlops, type ModelFacts } from '../../model/model-facts.ts';
import { useServices, useStudy } from '../context.ts';

export interface BackboneCost {
  readonly bytes: number;
  /** Null until the device has been measured. */
  readonly secondsPerStep: number | null;
}

/** Cost of a backbone with the arms, seeds and batch size of the next run. @param imageSize pixels; absent: the backbone's own */
export function useCost(): (facts: ModelFacts, imageSize?: number) => BackboneCost {
  const rate = useStore(useServices().models, (state) => state.rate);
  const runs = useStudy(({ config }) => config.arms.length * config.seeds.length);
  const seeds = useStudy(({ config }) => config.seeds.length);
  const batchSize = useStudy(({ config }) => config.training.batchSize);
  return (facts, imageSize) => {
    const sized = imageSize === undefined ? facts : atSize(facts, imageSize);
    const together = Math.min(runs, runsAtOnce(batchSize * activationBytes(sized.vision)));
    // The embeddings of a seed's images are computed once; every run passes them through its own layers.
    return {
      bytes: trainingBytes(sized, together, batchSize) + 4 * seeds * batchSize * 3 * sized.vision.imageSize ** 2,
      secondsPerStep: rate === null ? null : trainingFlops(sized, runs * batchSize) / rate,
    };
  };
}

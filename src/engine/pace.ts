/** How fast a device trains, before a study begins: told by steps of small random models. */
import type { VisionTower } from '../model/backbone.ts';
import { trainingFlops } from '../model/model-facts.ts';
import { isCard } from './backends.ts';
import type { Engine } from './engine.ts';
import { measureInFlight, untilSteady } from './in-flight.ts';
import type { TinyClipShape } from './tiny-clip.ts';
import { openTinyTrainer, tinyBatch } from './tiny-trainer.ts';

/** Training steps by which a device is measured. */
export interface SpeedProblem {
  readonly shape: TinyClipShape;
  readonly runs: number;
  /** Images of a run. */
  readonly images: number;
}

/** Near the shapes of small published ViTs; speed on tiny matrices says little about those. */
const VIT: SpeedProblem = {
  shape: { layers: 2, width: 192, heads: 3, imageSize: 224, patchSize: 16 },
  runs: 1,
  images: 4,
};
/** Four runs of a model of Emoji-CLIP's shape, batch 32. */
const SMALL: SpeedProblem = {
  shape: { layers: 12, width: 64, heads: 4, imageSize: 32, patchSize: 8 },
  runs: 4,
  images: 32,
};

/** Seconds that steps last together, and how many there are at the most. */
const RATE = { enough: 0.3, most: 256 };
/** To tell two devices apart; as many as in training on a card (study/run/training/steps-in-flight.ts). */
const SPEED = { enough: 0.1, most: 12 };
/** The last layer of a vision tower computes the class token only; a second one computes whole sequences. */
const FEW_LAYERS = 2;

const stepFlops = ({ shape: { layers, width, heads, imageSize, patchSize }, runs, images }: SpeedProblem): number => {
  const vision = { layers, width, heads, tokens: 1 + (imageSize / patchSize) ** 2, mlpWidth: 4 * width };
  return trainingFlops({ vision }, runs * images);
};

/** @param measure gets what makes as many steps at once as it is told */
async function withSteps(
  engine: Engine,
  { shape, runs, images }: SpeedProblem,
  measure: (run: (steps: number) => Promise<unknown>) => Promise<number>,
): Promise<number> {
  const { trainer, pairs } = await openTinyTrainer(engine, shape, runs, images);
  const batch = tinyBatch(trainer, pairs, shape, images);
  try {
    return await measure((steps) => Promise.all(Array.from({ length: steps }, () => trainer.step(batch))));
  } finally {
    trainer.dispose();
  }
}

/**
 * Multiplications and additions per second in training, measured for about a second with as many steps in flight as that takes (model-facts.ts counts them for a
 * backbone). Leaves its own small backbone loaded.
 */
export async function trainingRate(engine: Engine): Promise<number> {
  const seconds = await withSteps(engine, VIT, async (run) => {
    await run(1); // records
    return measureInFlight({ run, ...RATE });
  });
  return stepFlops(VIT) / seconds;
}

/**
 * Steps in the shapes of a vision tower, with about as much to compute as those of the small model: few layers, and as many images as that takes.
 * Null: the tower is no wider or longer than that model, which tells as much.
 */
export function speedProblemOf({ width, heads, tokens, patchSize }: VisionTower['config']): SpeedProblem | null {
  const { shape: small } = SMALL;
  const side = Math.round(Math.sqrt(tokens - 1));
  if (width <= small.width && side <= small.imageSize / small.patchSize) return null;
  const one = {
    shape: { layers: FEW_LAYERS, width, heads, imageSize: side * patchSize, patchSize },
    runs: 1,
    images: 1,
  };
  return { ...one, images: Math.max(1, Math.min(SMALL.images, Math.round(stepFlops(SMALL) / stepFlops(one)))) };
}

/** Seconds per training step, with several in flight, as in training. */
export const secondsPerStep = (engine: Engine, problem = SMALL): Promise<number> =>
  withSteps(engine, problem, async (run) => {
    await run(1); // lays out what is kept
    await run(1); // records
    if (isCard(engine.info)) await untilSteady({ run, most: SPEED.most });
    return measureInFlight({ run, ...SPEED });
  });

/** How fast a device trains, before a study begins: told by steps of small random models. */
import type { VisionTower } from '../model/backbone.ts';
import { trainingFlops } from '../model/model-facts.ts';
import { isCard } from './backends.ts';
import type { Engine } from './engine.ts';
import { measureInFlight, untilSteady } from './in-flight.ts';
import type { TinyClipShape } from './tiny-clip.ts';
import { openTinyTrainer, tinyBatch } from './tiny-trainer.ts';

const SPEED_TEST: TinyClipShape = { layers: 12, width: 64, heads: 4, imageSize: 32, patchSize: 8 };

const severalOf = (step: () => Promise<unknown>) => (pieces: number) =>
  Promise.all(Array.from({ length: pieces }, step));

/** Near the shapes of small published ViTs; speed on tiny matrices says little about those. */
const RATE_TEST: TinyClipShape = { layers: 2, width: 192, heads: 3, imageSize: 224, patchSize: 16 };
const RATE_BATCH = 4;
/** Seconds that steps last together. */
const RATE_SECONDS = 0.3;
const MOST_RATE_STEPS = 256;

/**
 * Multiplications and additions per second in training, measured for about a second with as many steps in flight as that takes (model-facts.ts counts them for a
 * backbone). Leaves its own small backbone loaded.
 */
export async function trainingRate(engine: Engine): Promise<number> {
  const { trainer, pairs } = await openTinyTrainer(engine, RATE_TEST, 1, RATE_BATCH);
  const batch = tinyBatch(trainer, pairs, RATE_TEST, RATE_BATCH);
  const step = () => trainer.step(batch);
  const { layers, width, heads, imageSize, patchSize } = RATE_TEST;
  const tokens = 1 + (imageSize / patchSize) ** 2;
  const vision = { layers, width, heads, tokens, mlpWidth: 4 * width };
  try {
    await step(); // records
    const seconds = await measureInFlight({ run: severalOf(step), enough: RATE_SECONDS, most: MOST_RATE_STEPS });
    return trainingFlops({ vision }, RATE_BATCH) / seconds;
  } finally {
    trainer.dispose();
  }
}

/** Seconds that steps last together, to tell two devices apart. */
const SPEED_SECONDS = 0.1;
/** As in training on a card (study/run/training/steps-in-flight.ts). */
const MOST_SPEED_STEPS = 12;

/** Steps by which two devices are told apart. */
export interface SpeedProblem {
  readonly shape: TinyClipShape;
  readonly runs: number;
  /** Images of a run. */
  readonly images: number;
}

/** Four runs of a model of Emoji-CLIP's shape, batch 32. */
const SMALL: SpeedProblem = { shape: SPEED_TEST, runs: 4, images: 32 };
/** The last layer of a vision tower computes the class token only; a second one computes whole sequences. */
const FEW_LAYERS = 2;

const stepFlops = ({ shape: { layers, width, heads, imageSize, patchSize }, runs, images }: SpeedProblem): number => {
  const vision = { layers, width, heads, tokens: 1 + (imageSize / patchSize) ** 2, mlpWidth: 4 * width };
  return trainingFlops({ vision }, runs * images);
};

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
export async function secondsPerStep(engine: Engine, { shape, runs, images }: SpeedProblem = SMALL): Promise<number> {
  const { trainer, pairs } = await openTinyTrainer(engine, shape, runs, images);
  const batch = tinyBatch(trainer, pairs, shape, images);
  const run = severalOf(() => trainer.step(batch));
  try {
    await run(1); // lays out what is kept
    await run(1); // records
    if (isCard(engine.info)) await untilSteady({ run, most: MOST_SPEED_STEPS });
    return await measureInFlight({ run, enough: SPEED_SECONDS, most: MOST_SPEED_STEPS });
  } finally {
    trainer.dispose();
  }
}

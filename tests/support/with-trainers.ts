/** Engines whose trainers are watched, or do something else. */
import type { Engine, Trainer, TrainerSpec } from '../../src/engine/engine.ts';

/** The engine, with trainers that have what `change` returns in place of their own. */
export const withTrainers = (
  engine: Engine,
  change: (trainer: Trainer, spec: TrainerSpec) => Partial<Trainer>,
): Engine => ({
  ...engine,
  createTrainer(spec) {
    const trainer = engine.createTrainer(spec);
    return { ...trainer, ...change(trainer, spec) };
  },
});

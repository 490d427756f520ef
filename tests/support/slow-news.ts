/** Engines whose steps are known late and together, as those of a card. */
import type { Engine } from '../../src/engine/engine.ts';
import { withTrainers } from './with-trainers.ts';

export interface SlowNews {
  readonly engine: Engine;
  /** Of how many steps every news was. */
  readonly told: number[];
}

/** The engine as a card whose news takes so many milliseconds. Steps that may be read later are known only when something brings them. */
export function withSlowNews(engine: Engine, milliseconds: number): SlowNews {
  const told: number[] = [];
  let waiting: (() => void)[] = [];
  const bringResults = (): void => {
    if (waiting.length > 0) told.push(waiting.length);
    waiting.forEach((resolve) => resolve());
    waiting = [];
  };
  const card: Engine = { ...engine, info: { ...engine.info, backend: 'webgpu', software: false }, bringResults };
  const slow = withTrainers(card, (trainer) => ({
    async step(batch, readsLater = false) {
      const result = trainer.step(batch);
      const asked = new Promise<void>((resolve) => waiting.push(resolve));
      if (!readsLater) bringResults();
      await asked;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return result;
    },
  }));
  return { told, engine: slow };
}

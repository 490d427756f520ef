/** When charts are drawn: one per idle moment, and what nobody can see yet only once somebody does something with the page. */

import { whenIdle } from '../idle.ts';

/** A busy page draws all the same after so long. */
const PATIENCE_MS = 500;

/** Resolves in a task of its own, when the page has nothing better to do. */
export const idle = (): Promise<void> => new Promise((resolve) => whenIdle(() => resolve(), PATIENCE_MS));

let turn: Promise<void> = Promise.resolve();

/** Draws one chart per idle moment, so that eight charts never block the page for longer than one of them takes. */
export function inTurn(draw: () => Promise<unknown>): Promise<void> {
  turn = turn
    .then(idle)
    .then(async () => {
      await draw();
    })
    .catch((error: unknown) => console.error('A chart could not be drawn.', error));
  return turn;
}

let stirred: Promise<void> | null = null;

/** Resolves at the first sign of a reader: scrolling, pointing, typing, printing. */
export function firstStir(): Promise<void> {
  stirred ??= new Promise((resolve) => {
    const signs = ['scroll', 'pointerdown', 'pointermove', 'keydown', 'beforeprint'] as const;
    for (const sign of signs) addEventListener(sign, () => resolve(), { once: true, passive: true, capture: true });
  });
  return stirred;
}

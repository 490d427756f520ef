/** When charts are drawn: one per idle moment. */

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

/** Schedules chart drawing: one chart per idle moment. */

import { whenIdle } from '../idle.ts';

/** Maximum wait before a busy page draws anyway. */
const PATIENCE_MS = 500;

/** Resolves in a separate task when the page is idle. */
export const idle = (): Promise<void> => new Promise((resolve) => whenIdle(() => resolve(), PATIENCE_MS));

let turn: Promise<void> = Promise.resolve();

let tellDrawn = (): void => {};
/** Resolves with the first chart of the page, or when none is to be drawn yet. */
export const firstDrawn = new Promise<void>((resolve) => (tellDrawn = resolve));

/** Draws one chart per idle moment, so that eight charts never block the page for longer than one does. */
export function inTurn(draw: () => Promise<unknown>): Promise<void> {
  turn = turn
    .then(idle)
    .then(async () => {
      await draw();
      tellDrawn();
    })
    .catch((error: unknown) => console.error('A chart could not be drawn.', error));
  return turn;
}

/** A chart that is far away takes no turn: after those that are near it does not keep the page waiting for the first. */
export const passTurn = (): void => void turn.then(tellDrawn);

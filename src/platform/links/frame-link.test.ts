import { expect, it } from 'vitest';
import { createInbox, MOST_WAITING_BYTES } from './frame-link.ts';

/** As long as it says, without memory of that size. */
const frame = (length: number): Uint8Array<ArrayBuffer> => ({ length }) as Uint8Array<ArrayBuffer>;

it.each([
  ['many', Array<number>(64).fill(1), 1],
  ['long', [1, MOST_WAITING_BYTES / 2, MOST_WAITING_BYTES / 2 - 1], 1],
])('frames that wait for a listener are bounded: %s', (_, fitting, more) => {
  let overflows = 0;
  const inbox = createInbox(() => overflows++);
  for (const length of fitting) inbox.frame(frame(length));
  expect(overflows).toBe(0);
  inbox.frame(frame(more));
  expect(overflows).toBe(1);
  const heard: number[] = [];
  inbox.listen({ frame: ({ length }) => heard.push(length), closed: () => {} });
  expect(heard).toEqual(fitting);
  // Who listens gets everything.
  inbox.frame(frame(2 * MOST_WAITING_BYTES));
  expect(heard).toHaveLength(fitting.length + 1);
});

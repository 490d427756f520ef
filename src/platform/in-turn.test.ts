import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

/** What is kept, and what a reader has seen of it last; the first reading takes longest. */
function shelf() {
  let kept = 0;
  let shown = -1;
  let readings = 0;
  const waits: (() => void)[] = [];
  const read = async (): Promise<void> => {
    const found = kept;
    readings++;
    await new Promise<void>((resolve) => waits.push(resolve));
    shown = found;
  };
  return {
    read,
    put: (value: number) => void (kept = value),
    /** Ends the reading that began last first. */
    finish: async () => {
      for (let wait = waits.pop(); wait; wait = waits.pop()) {
        wait();
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    seen: () => ({ shown, readings }),
  };
}

const begun = () => new Promise((resolve) => setTimeout(resolve));

it('shows what is there in the end, whichever reading would take longest', async () => {
  const { read, put, finish, seen } = shelf();
  const refresh = inTurn(read);
  const first = refresh();
  await begun();
  put(1);
  const second = refresh();
  await begun();
  await finish();
  await Promise.all([first, second]);
  expect(seen().shown).toBe(1);
});

it('reads once for all who ask while it is read', async () => {
  const { read, put, finish, seen } = shelf();
  const refresh = inTurn(read);
  const all = [refresh()];
  await begun();
  put(1);
  all.push(refresh());
  put(2);
  all.push(refresh(), refresh());
  await begun();
  await finish();
  await Promise.all(all);
  expect(seen()).toEqual({ shown: 2, readings: 2 });
});

it('reads again after one that failed', async () => {
  let times = 0;
  const refresh = inTurn(() => (++times === 1 ? Promise.reject(new Error('no')) : Promise.resolve()));
  await expect(refresh()).rejects.toThrow('no');
  await refresh();
  expect(times).toBe(2);
});

/** Whom a round asks, how long it waits, and when it ends. */
import { describe, expect, it } from 'vitest';
import { encodeFrame } from './frames.ts';
import { plain, type RoundHead, type ToHostHead } from './messages.ts';
import { changesOf, honest, setUp, SIZE, taskOf, took } from './test-rounds.ts';

describe('a round', () => {
  it('ends when all that are here have answered, whatever their order', async () => {
    const { device, ask, timers, rounds } = setUp();
    const first = device(0, (_, answer) => timers.after(30, answer));
    device(1, (_, answer) => timers.after(10, answer));
    const outcome = await ask(taskOf(0, [0, 1, 2]));
    expect(outcome?.answers.map(({ adapter, ...rest }) => ({ ...rest, adapter: [...adapter] }))).toEqual([
      { client: 0, images: 10, own: null, adapter: honest(0, 0) },
      { client: 1, images: 20, own: null, adapter: honest(1, 0) },
    ]);
    expect(outcome?.asked).toEqual([0, 1]);
    expect(outcome?.up).toBeGreaterThan(2 * 4 * SIZE);
    expect(outcome?.down).toBeGreaterThan(2 * 4 * SIZE);
    rounds.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(first.heads).toEqual(['study', 'round', 'closed', 'end']);
  });

  it('asks as many in reserve, in their order, while none of the drawn ones is here', async () => {
    const { device, ask, news } = setUp();
    for (const client of [0, 1, 2]) device(client, (_, answer) => answer());
    expect(took(await ask(taskOf(0, [3, 4], { reserves: [2, 5, 0, 1] })))).toEqual([0, 2]);
    expect(took(await ask(taskOf(1, [1, 4], { reserves: [2, 5, 0] })))).toEqual([1]);
    expect(news).toEqual([]);
  });

  it('asks those in reserve when the last of the drawn ones leaves without an answer', async () => {
    const { device, ask, news } = setUp();
    const drawn = device(1, () => drawn.leave());
    device(0, (_, answer) => answer());
    expect(took(await ask(taskOf(0, [1], { reserves: [0] })))).toEqual([0]);
    expect(news).toEqual([]);
  });

  it.each([
    [
      'cannot train',
      (say: (head: ToHostHead) => void) => say({ type: 'problem', problem: { kind: 'other', text: 'no memory' } }),
    ],
    [
      'sends a wrong answer',
      (_say: unknown, answer: (changes: Partial<ToHostHead>) => void) => answer({ clients: [2] }),
    ],
  ])('asks those in reserve when the only drawn one that is here %s, with a deadline and without', async (_, act) => {
    for (const deadline of [null, 1]) {
      const { device, ask, timers } = setUp(deadline);
      const drawn = device(1, (_head, answer) => act((head) => void drawn.transport.send(plain(head)), answer));
      device(0, (_head, answer) => timers.after(10, answer));
      const outcome = await ask(taskOf(0, [1, 3], { reserves: [4, 0] }));
      expect(took(outcome)).toEqual([0]);
      expect(outcome?.asked).toEqual([0, 1]);
    }
  });

  it('asks those in reserve when a drawn one sends no message at all', async () => {
    const { device, ask } = setUp();
    const drawn = device(1, () => drawn.link.send(Uint8Array.of(1, 2, 3)));
    device(0, (_, answer) => answer());
    expect(took(await ask(taskOf(0, [1], { reserves: [0] })))).toEqual([0]);
  });

  it('asks the next in reserve for each that does not answer in time, and all again when nobody is left', async () => {
    const { device, ask, timers, now, news } = setUp(1);
    const asked: number[] = [];
    const silent = (client: number) => device(client, () => asked.push(client));
    [0, 1, 2].forEach(silent);
    device(3, (_, answer) => {
      asked.push(3);
      if (asked.length === 8) timers.after(10, answer);
    });
    timers.after(60_000, () => expect.fail('The round did not end.'));
    expect(took(await ask(taskOf(0, [2], { reserves: [1, 0, 3] })))).toEqual([3]);
    expect(asked).toEqual([2, 1, 0, 3, 0, 1, 2, 3]);
    expect(now()).toBe(5000);
    expect(news).toEqual([{ type: 'nobody-answered', round: 0 }]);
  });

  it('takes a late answer of a drawn one while those in reserve train', async () => {
    const { device, ask, timers } = setUp(1);
    device(1, (_, answer) => timers.after(1500, answer));
    device(0, (_, answer) => timers.after(700, answer));
    const outcome = await ask(taskOf(0, [1], { reserves: [0] }));
    expect(took(outcome)).toEqual([0, 1]);
  });

  it('does not ask a device that lacks more than a message holds, and says so once', async () => {
    const { device, ask, news } = setUp();
    const heads = [0, 1].map((client) => device(client, (_, answer) => answer())).map((each) => each.heads);
    expect(took(await ask(taskOf(0, [0])))).toEqual([0]);
    const large = { count: 1, kept: [], whole: () => new Float32Array(2 ** 26) };
    expect(await ask(taskOf(1, [1], { reserves: [0], changes: large }))).toBeNull();
    expect(news).toEqual([0, 1].map((at) => ({ type: 'too-large', round: 1, device: `Device ${2 - at}` })));
    expect(heads[1]).toEqual(['study']);
    void ask(taskOf(2, [1], { changes: large }));
    expect(news).toHaveLength(2);
  });

  it('says so also where the device has named the course as its problem', async () => {
    const { device, ask, news } = setUp();
    const task = taskOf(0, [0], { changes: { count: 1, kept: [], whole: () => new Float32Array(2 ** 26) } });
    const text = JSON.stringify([task.seed, task.arm, task.rule]);
    const one = device(0, () => expect.fail('It is asked.'));
    one.transport.send(plain({ type: 'problem', problem: { kind: 'other', text } }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ask(task)).toBeNull();
    expect(news.map(({ type }) => type)).toEqual(['problem', 'too-large']);
  });

  it('ends at its deadline with those that answered; what comes later is dropped', async () => {
    const { device, ask, timers, now, news } = setUp(2);
    device(0, (_, answer) => timers.after(10, answer));
    const delays = [5000, 100];
    device(1, (_, answer) => timers.after(delays.shift() ?? 0, answer));
    expect(took(await ask(taskOf(0, [0, 1])))).toEqual([0]);
    expect(now()).toBe(2000);
    // The late answer comes within a later round and does not count there.
    expect(took(await ask(taskOf(1, [0, 1])))).toEqual([0, 1]);
    expect(news).toEqual([]);
  });

  it('is asked again when nobody has answered in time', async () => {
    const { device, ask, timers, news } = setUp(1);
    let asked = 0;
    device(0, (_, answer) => {
      asked++;
      if (asked === 3) timers.after(10, answer);
    });
    expect(took(await ask(taskOf(4, [0])))).toEqual([0]);
    expect(news).toEqual([{ type: 'nobody-answered', round: 4 }]);
  });

  it('waits while nobody is here, and asks who comes; stops when it is stopped', async () => {
    const { device, ask, timers, news } = setUp();
    timers.after(500, () => void device(1, (_, answer) => timers.after(1, answer)));
    expect(took(await ask(taskOf(0, [0, 1])))).toEqual([1]);
    expect(news).toEqual([{ type: 'nobody-here', round: 0 }]);
    const stop = new AbortController();
    timers.after(1, () => stop.abort(new Error('stopped')));
    await expect(ask(taskOf(1, [0]), stop.signal)).rejects.toThrow('stopped');
  });

  it('goes on when a device leaves in the middle, and takes it in again when it returns before the end', async () => {
    const { device, ask, timers } = setUp();
    device(0, (_, answer) => timers.after(50, answer));
    const gone = device(1, () => timers.after(10, () => gone.leave()));
    timers.after(20, () => void device(1, (_, answer) => timers.after(5, answer)));
    expect(took(await ask(taskOf(0, [0, 1])))).toEqual([0, 1]);
    const again = device(2, () => timers.after(10, () => again.leave()));
    const outcome = await ask(taskOf(1, [0, 2]));
    expect(took(outcome)).toEqual([0]);
    expect(outcome?.asked).toEqual([0, 2]);
  });

  it('sends a device what was added to the frozen weights since its last answer, and all of it to a newcomer', async () => {
    const { device, ask } = setUp();
    const known: unknown[][] = [];
    const act = (head: RoundHead, answer: () => void): void => {
      known.push([head.round, head.clients[0], head.whole, head.known, ...head.updates]);
      answer();
    };
    device(0, act);
    await ask(taskOf(0, [0, 1]));
    await ask(taskOf(1, [0, 1], { changes: changesOf([2]) }));
    device(1, act);
    await ask(taskOf(2, [0, 1], { changes: changesOf([2, 4]) }));
    device(2, act);
    await ask(taskOf(3, [0, 2], { changes: changesOf([2, 4, 6], 1) }));
    await ask(taskOf(4, [1], { changes: changesOf([2, 4, 6], 1) }));
    await ask(taskOf(5, [1], { changes: changesOf([2, 4, 6, 8], 1) }));
    expect(known).toEqual([
      [0, 0, false, 0],
      [1, 0, false, 0, 2],
      [2, 0, false, 1, 4],
      [2, 1, false, 0, 2, 4],
      [3, 0, false, 2, 6],
      // The weights themselves, where not all that is missing is kept.
      [3, 2, true, 3],
      [4, 1, false, 2, 6],
      [5, 1, false, 3, 8],
    ]);
  });
});

it('frames of a round are counted as they are sent', async () => {
  const { device, ask } = setUp();
  let bytes = 0;
  device(0, (head, answer) => {
    bytes += encodeFrame({ head, values: new Float32Array(SIZE) }).length;
    answer();
  });
  expect((await ask(taskOf(0, [0])))?.down).toBe(bytes);
});

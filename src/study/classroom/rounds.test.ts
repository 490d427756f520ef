/** Rounds over scripted devices and a clock of the test's own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCrew, type Weather } from '../../../tests/support/class-crew.ts';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import { encodeFrame } from './frames.ts';
import { plain, type RoundHead, type StudyHead, type ToHostHead } from './messages.ts';
import type { FrozenChanges, RoundNews, RoundOutcome, RoundTask } from './round.ts';
import { Rounds, type Timers } from './rounds.ts';

const STUDY: StudyHead = {
  type: 'study',
  config: tinyConfig(),
  task: 'Colours',
  classes: ['red'],
  prompts: ['red'],
  rounds: 9,
  localSteps: 2,
  backend: 'wasm',
};
const SIZE = 3;
const IMAGES = [10, 20, 30, 40, 50];

/** What runs when, in order; nothing waits for real time. */
function createClock() {
  let now = 0;
  let events: { readonly at: number; readonly call: () => void }[] = [];
  const timers: Timers = {
    after(milliseconds, call) {
      const event = { at: now + milliseconds, call };
      events.push(event);
      return () => void (events = events.filter((other) => other !== event));
    },
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  /** Runs until the promise is settled, or nothing is left to do. @returns null in the second case */
  async function until<T>(promise: Promise<T>): Promise<T | null> {
    let found: { readonly value: T } | null = null;
    let failed: { readonly error: unknown } | null = null;
    promise.then(
      (value) => (found = { value }),
      (error: unknown) => (failed = { error }),
    );
    for (;;) {
      await settled();
      if (failed) throw (failed as { readonly error: Error }).error;
      if (found) return (found as { readonly value: T }).value;
      const next = events.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return null;
      events = events.filter((event) => event !== next);
      now = next.at;
      next.call();
    }
  }
  return { timers, until, now: () => now };
}

/** @param ranks of all updates @param kept number of the last ones that are there */
const changesOf = (ranks: readonly number[] = [], kept = ranks.length): FrozenChanges => ({
  count: ranks.length,
  whole: () => new Float32Array(9),
  kept: ranks.slice(ranks.length - kept).map((rank) => ({ rank, values: new Float32Array(2 * rank) })),
});

const taskOf = (round: number, drawn: readonly number[], changes: Partial<RoundTask> = {}): RoundTask => ({
  round,
  seed: 0,
  arm: 'lora',
  rule: 'fedit',
  drawn,
  reserves: [],
  changes: changesOf(),
  start: new Float32Array(SIZE).fill(round),
  imagesOf: (client) => IMAGES[client],
  mostImages: 50,
  ...changes,
});

/** What an honest client makes of a round. */
const honest = (client: number, round: number): number[] =>
  Array.from({ length: SIZE }, (_, i) => 100 * client + round + i);

function setUp(deadline: number | null = null) {
  const clock = createClock();
  const news: RoundNews[] = [];
  const room = createCrew(() => deadline);
  const rounds = new Rounds(room.crew, STUDY, (told) => news.push(told), clock.timers);
  /** A device that does what `act` says when it is asked. */
  function device(
    client: number,
    act: (head: RoundHead, answer: (changes?: Partial<ToHostHead>, values?: readonly number[]) => void) => void,
    { weather, hasOwnImages }: { readonly weather?: Weather; readonly hasOwnImages?: boolean } = {},
  ) {
    const joined = room.join(`Device ${client + 1}`, [client], { weather, hasOwnImages });
    const heads: string[] = [];
    joined.transport.listen({
      received({ head }) {
        heads.push(head.type);
        if (head.type !== 'round') return;
        act(head, (changes = {}, values = honest(client, head.round)) => {
          const own = { type: 'trained', id: head.id, clients: [client], images: [IMAGES[client]], ...changes };
          joined.transport.send({ head: own as ToHostHead, values: Float32Array.from(values) });
        });
      },
      refused: (reason) => expect.fail(reason),
      closed: () => {},
    });
    return { ...joined, heads };
  }
  const ask = (task: RoundTask, signal = new AbortController().signal) => clock.until(rounds.ask(task, signal));
  return { ...clock, rounds, room, device, ask, news };
}

const took = (outcome: RoundOutcome | null) => outcome?.answers.map(({ client }) => client);

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

describe('an answer is refused by name', () => {
  it.each([
    ['wrong-client', { clients: [0] }, undefined],
    ['wrong-client', { clients: [1, 1], images: [20, 20] }, [...honest(1, 0), ...honest(1, 0)]],
    ['wrong-length', {}, [1, 2]],
    ['wrong-length', {}, []],
    ['wrong-images', { images: [21] }, undefined],
    ['wrong-images', { images: [20, 20] }, undefined],
    ['not-finite', {}, [1, NaN, 3]],
    ['not-finite', {}, [1, 2, Infinity]],
  ] as const)('%s', async (refusal, changes, values) => {
    const { device, ask, timers, news } = setUp();
    device(0, (_, answer) => timers.after(50, answer));
    device(1, (_, answer) => answer(changes as Partial<ToHostHead>, values));
    const outcome = await ask(taskOf(0, [0, 1]));
    expect(took(outcome)).toEqual([0]);
    expect(outcome?.asked).toEqual([0, 1]);
    expect(news).toEqual([{ type: 'refused', round: 0, device: 'Device 2', refusal }]);
  });

  it('of another round it is dropped, of a second time it does not count', async () => {
    const { device, ask, timers, news } = setUp();
    device(0, (head, answer) => {
      answer({ id: head.id + 1 });
      answer();
      answer({}, [7, 7, 7]);
    });
    device(1, (_, answer) => timers.after(50, answer));
    const outcome = await ask(taskOf(0, [0, 1]));
    expect([...(outcome?.answers[0].adapter ?? [])]).toEqual(honest(0, 0));
    expect(news).toEqual([]);
  });

  it('a device counts as no more images of its own than the largest client has, which is said once', async () => {
    const { device, ask, news } = setUp();
    device(0, (_, answer) => answer());
    device(1, (_, answer) => answer({ images: [10_000_000] }), { hasOwnImages: true });
    device(2, (_, answer) => answer({ images: [49] }), { hasOwnImages: true });
    for (const round of [0, 1])
      expect((await ask(taskOf(round, [0, 1, 2])))?.answers.map(({ images }) => images)).toEqual([10, 50, 49]);
    expect(news).toEqual([{ type: 'cut', device: 'Device 2', images: 10_000_000, most: 50 }]);
  });

  it('a round in which every adapter is not finite ends without an answer', async () => {
    const { device, ask } = setUp();
    for (const client of [0, 1]) device(client, (_, answer) => answer({}, [NaN, 0, 0]));
    expect(await ask(taskOf(0, [0, 1], { reserves: [2] }))).toMatchObject({ answers: [], asked: [0, 1] });
    const broken = device(2, () =>
      broken.transport.send(plain({ type: 'problem', problem: { kind: 'other', text: 'no memory' } })),
    );
    expect(await ask(taskOf(1, [0, 2]))).toMatchObject({ answers: [], asked: [0, 2] });
  });

  it('a round in which one adapter is not finite and the other clients are silent ends at its second deadline', async () => {
    const { device, ask, timers, now, news } = setUp(1);
    const asked = [0, 0];
    device(0, (_, answer) => {
      asked[0]++;
      answer({}, [NaN, 0, 0]);
    });
    device(1, () => asked[1]++);
    timers.after(60_000, () => expect.fail('The round did not end.'));
    expect(await ask(taskOf(0, [0, 1]))).toMatchObject({ answers: [], asked: [0, 1] });
    expect([...asked, now()]).toEqual([1, 2, 2000]);
    expect(news).toEqual([
      { type: 'refused', round: 0, device: 'Device 1', refusal: 'not-finite' },
      { type: 'nobody-answered', round: 0 },
    ]);
  });

  it('one device whose adapter is not finite does not end the training of another that is slow', async () => {
    const { device, ask, timers, now } = setUp(1);
    device(0, (_, answer) => answer({}, [NaN, 0, 0]));
    const slow = device(1, ({ id }, answer) => {
      for (let at = 600; at < 4500; at += 600)
        timers.after(at, () => slow.transport.send(plain({ type: 'progress', id, share: at / 5000 })));
      timers.after(4500, answer);
    });
    expect(took(await ask(taskOf(0, [0, 1])))).toEqual([1]);
    expect(now()).toBe(4500);
  });

  it.each(['finds the same', 'cannot train', 'has got on and leaves'] as const)(
    'one device whose adapter is not finite ends the round as soon as the other %s between deadlines',
    async (what) => {
      const { device, ask, timers, now } = setUp(1);
      device(0, (_, answer) => answer({}, [NaN, 0, 0]));
      const other = device(1, ({ id }, answer) => {
        if (now() > 0) return;
        timers.after(1300, () => {
          if (what === 'finds the same') answer({}, [NaN, 0, 0]);
          else if (what === 'cannot train')
            other.transport.send(plain({ type: 'problem', problem: { kind: 'other', text: 'no memory' } }));
          else {
            other.transport.send(plain({ type: 'progress', id, share: 0.1 }));
            timers.after(100, other.leave);
          }
        });
      });
      expect(await ask(taskOf(0, [0, 1]))).toMatchObject({ answers: [], asked: [0, 1] });
      expect(now()).toBe(what === 'has got on and leaves' ? 1400 : 1300);
    },
  );

  it('of two devices it is enough at a deadline, whoever is slow', async () => {
    const { device, ask, now } = setUp(1);
    for (const client of [0, 1]) device(client, (_, answer) => answer({}, [NaN, 0, 0]));
    device(2, () => {});
    expect(await ask(taskOf(0, [0, 1, 2]))).toMatchObject({ answers: [] });
    expect(now()).toBe(1000);
  });

  it.each([null, 1])('of one client alone it is held against another, with deadline %s', async (deadline) => {
    const { device, ask, timers } = setUp(deadline);
    device(0, (_, answer) => answer({}, [NaN, 0, 0]));
    device(1, (_, answer) => timers.after(10, answer));
    device(2, () => expect.fail('One other client is enough.'));
    const sound = await ask(taskOf(0, [0], { reserves: [3, 1, 2] }));
    expect([took(sound), sound?.asked]).toEqual([[1], [0, 1]]);
    const { device: join, ask: askOther } = setUp(deadline);
    for (const client of [0, 1]) join(client, (_, answer) => answer({}, [NaN, 0, 0]));
    join(2, () => expect.fail('Two that find the same are enough.'));
    expect(await askOther(taskOf(0, [0], { reserves: [1, 2] }))).toMatchObject({ answers: [], asked: [0, 1] });
  });

  it('a device whose trainings diverge stays, however many they are; the same answer twice is told once', async () => {
    const { device, ask, news } = setUp();
    device(0, (head, answer) => {
      if (head.round === 40) return answer();
      for (let i = 0; i < 2; i++) answer({}, [NaN, 0, 0]);
    });
    for (let round = 0; round < 40; round++) expect(took(await ask(taskOf(round, [0])))).toEqual([]);
    expect(took(await ask(taskOf(40, [0])))).toEqual([0]);
    expect(news).toHaveLength(40);
  });

  it('a device that sends nonsense is named, and after a while not heard any more; one that cannot train says so once', async () => {
    const { device, ask, timers, news, room } = setUp();
    device(0, (_, answer) => timers.after(50, answer));
    const mad = device(1, () => {
      for (let i = 0; i < 100; i++) mad.link.send(Uint8Array.of(1, 2, 3, i));
    });
    let isCut = false;
    mad.transport.listen({ received: () => {}, refused: () => {}, closed: () => (isCut = true) });
    mad.link.send(Uint8Array.of(9));
    for (let i = 0; i < 100; i++) mad.link.send(Uint8Array.of(1, 2, 3, i));
    const broken = device(2, () =>
      broken.transport.send(plain({ type: 'problem', problem: { kind: 'other', text: 'no memory' } })),
    );
    await ask(taskOf(0, [0, 2]));
    await ask(taskOf(1, [0, 2]));
    expect(isCut).toBe(true);
    expect(news.filter(({ type }) => type === 'refused')).toHaveLength(20);
    expect(news.filter(({ type }) => type === 'problem')).toEqual([
      { type: 'problem', device: 'Device 3', problem: { kind: 'other', text: 'no memory' } },
    ]);
    expect(room.crew.devices()).toHaveLength(3);
  });
});

/** What a device does when it is asked. */
const behaviour = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('answers' as const), delay: fc.integer({ min: 0, max: 1500 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('silent', 'forges', 'twice') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('leaves' as const),
      delay: fc.integer({ min: 0, max: 1500 }),
      back: fc.integer({ min: 1, max: 1500 }),
    }),
  },
);

it('with loss, delay, drop-outs, duplicates and forgeries every round ends, with true answers only, and says who took part', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(behaviour, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 30 }),
      async (scripts, dice) => {
        const { device, ask, timers, room } = setUp(1);
        let throws = 0;
        const lucky = (share: number): boolean => dice[throws++ % dice.length] >= share;
        /** A tenth of the frames is lost, and all are late. */
        const weather: Weather = (deliver) => {
          if (lucky(10)) timers.after(1 + (throws % 7), deliver);
        };
        // One device always answers, so that every round can end.
        device(0, (_, answer) => timers.after(20, answer));
        const enter = (client: number, script: (typeof scripts)[number]): void => {
          let turn = 0;
          const own = device(
            client,
            (_, answer) => {
              const act = script[turn++ % script.length];
              if (act.kind === 'answers') timers.after(act.delay, answer);
              else if (act.kind === 'twice') for (let i = 0; i < 2; i++) answer();
              else if (act.kind === 'forges') answer({ clients: [0] }, [6, 6, 6]);
              else if (act.kind === 'leaves')
                timers.after(act.delay, () => {
                  own.leave();
                  timers.after(act.back, () => enter(client, script.slice(1).concat(script.slice(0, 1))));
                });
            },
            { weather },
          );
        };
        scripts.forEach((script, i) => enter(i + 1, script));
        for (let round = 0; round < 6; round++) {
          const drawn = [0, 1, 2, 3, 4].filter((client) => client === 0 || (client + round) % 4 > 0);
          const outcome = await ask(taskOf(round, drawn));
          if (!outcome) return expect.fail('The round did not end.');
          const clients = outcome.answers.map(({ client }) => client);
          expect(clients).toEqual([...new Set(clients)].sort((a, b) => a - b));
          expect(clients).toContain(0);
          expect(drawn).toEqual(expect.arrayContaining([...outcome.asked]));
          expect(outcome.asked).toEqual(expect.arrayContaining(clients));
          for (const { client, images, adapter } of outcome.answers) {
            expect([...adapter]).toEqual(honest(client, round));
            expect(images).toBe(IMAGES[client]);
          }
        }
        expect(room.crew.devices().length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 60 },
  );
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

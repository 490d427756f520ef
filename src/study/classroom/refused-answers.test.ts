/** Which answers of devices a round does not take, and what the leading page hears of them. */
import { describe, expect, it } from 'vitest';
import { plain, type ToHostHead } from './messages.ts';
import { honest, setUp, taskOf, took } from './test-rounds.ts';

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

/** Rounds end whatever devices and connections do. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Weather } from '../../../tests/support/class-crew.ts';
import { honest, IMAGES, setUp, taskOf } from './test-rounds.ts';

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

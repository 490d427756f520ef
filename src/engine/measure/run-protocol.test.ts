import { describe, expect, it } from 'vitest';
import type { Contender } from './contender.ts';
import { RIVALS, type ContenderId } from './contenders.ts';
import type { Cell } from './measurement.ts';
import { runProtocol, type MeasureProgress, type ProtocolOptions } from './run-protocol.ts';
import { taskOf, type MeasuredTask, type TaskId } from './tasks.ts';

const STOCK_ON_CARD = RIVALS.card.plain;

/** A clock that only scripted work moves. */
class Clock {
  seconds = 0;
  readonly now = (): number => this.seconds;
}

interface Script {
  /** Seconds per piece of a task; a function of the number of the run. */
  readonly seconds?: (task: TaskId, run: number) => number;
  /** Seconds that setting up takes. */
  readonly setUp?: number;
  /** Seconds that the news of any run takes. */
  readonly trip?: number;
  readonly pieces?: number;
  readonly answer?: number;
  readonly heavyMemory?: number;
  readonly failsAt?: 'prepare' | number;
}

/** What happened, in order. */
type Log = string[];

function scripted(clock: Clock, log: Log, id: ContenderId, script: Script = {}): Contender {
  const { seconds = () => 0.1, setUp = 0, trip = 0, pieces = 1, answer = 1, heavyMemory = 2, failsAt } = script;
  return {
    facts: { id, state: 'present', text: id, threads: 1, software: false },
    memoryOf: (task) => (taskOf(task).heavy ? heavyMemory : 0),
    perTask: () => pieces,
    select: () => Promise.resolve(),
    roundTrip() {
      clock.seconds += trip;
      return Promise.resolve();
    },
    prepare(task) {
      clock.seconds += setUp;
      if (failsAt === 'prepare') return Promise.reject(new Error('no memory'));
      log.push(`${id} set up`);
      let runs = 0;
      return Promise.resolve({
        run(count) {
          if (failsAt === runs) return Promise.reject(new Error('device lost'));
          clock.seconds += trip + count * seconds(task, runs++);
          log.push(id);
          return Promise.resolve();
        },
        answer: () => Promise.resolve([Float32Array.of(answer)]),
        dispose: () => log.push(`${id} gone`),
      });
    },
    dispose: () => undefined,
  };
}

const task = (id: TaskId, over: Partial<MeasuredTask> = {}): MeasuredTask => ({
  id,
  measure: 'seconds',
  count: 1,
  flops: 1e9,
  bytes: 1e7,
  weight: 1,
  heavy: false,
  ...over,
});

function setUp(options: Partial<ProtocolOptions> = {}) {
  const clock = new Clock();
  const log: Log = [];
  const progress: MeasureProgress[] = [];
  const run = (contenders: readonly Contender[], tasks: readonly MeasuredTask[]) =>
    runProtocol(contenders, tasks, {
      budget: 20,
      memory: null,
      now: clock.now,
      signal: new AbortController().signal,
      between: () => Promise.resolve(),
      onProgress: (one) => progress.push(one),
      ...options,
    });
  return { clock, log, progress, run };
}

const timingOf = (cell: Cell) => ('timing' in cell ? cell.timing : null);

describe('the protocol', () => {
  it('measures contenders in turns, after a first and a second run that do not count', async () => {
    const { clock, log, run } = setUp();
    const first = (slow: number, fast: number) => (_: TaskId, count: number) => (count === 0 ? slow : fast);
    const [{ cells }] = await run(
      [
        scripted(clock, log, 'wasm', { seconds: first(1, 0.5) }),
        scripted(clock, log, 'tfjs-wasm', { seconds: first(2, 1) }),
      ],
      [task('step-1')],
    );
    expect(cells.map((cell) => timingOf(cell)?.median)).toEqual([0.5, 1]);
    expect(cells.map((cell) => timingOf(cell)?.warm)).toEqual([true, true]);
    const turns = log.slice(log.indexOf('tfjs-wasm') + 2).filter((entry) => !entry.includes(' '));
    // 10 s each: eight and a half are left for nine runs of 0.5, seven for seven runs of 1 s.
    expect(turns.filter((id) => id === 'wasm')).toHaveLength(9);
    expect(turns.filter((id) => id === 'tfjs-wasm')).toHaveLength(7);
    expect(turns.join(' ')).not.toContain('tfjs-wasm tfjs-wasm');
    expect(log.slice(-2)).toEqual(['wasm gone', 'tfjs-wasm gone']);
  });

  it('takes medians and quartiles over repetitions', async () => {
    const { clock, log, run } = setUp({ budget: 1000 });
    const noisy = scripted(clock, log, 'wasm', { seconds: (_, count) => (count < 2 ? 50 : count - 1) });
    const [{ cells }] = await run([noisy], [task('step-1')]);
    expect(timingOf(cells[0])).toEqual({ median: 5, low: 3, high: 7, repetitions: 9, part: 1, warm: true });
  });

  it('repeats what is short, so that a coarse clock can time it', async () => {
    const { clock, log, run } = setUp();
    const [{ cells }] = await run([scripted(clock, log, 'wasm', { seconds: () => 0.001 })], [task('call')]);
    expect(timingOf(cells[0])?.part).toBe(31);
    expect(timingOf(cells[0])?.median).toBeCloseTo(0.001);
  });

  it.each([0.00045, 0.005, 0.01, 0.1])('tells what pieces take, whatever the news of them does: %f s', async (trip) => {
    const { clock, log, run } = setUp();
    const card = scripted(clock, log, 'webgpu', { seconds: () => 0.0004, trip });
    const [{ cells }] = await run([card], [task('product-square')]);
    expect(timingOf(cells[0])?.median).toBeCloseTo(0.0004, 8);
    expect(clock.seconds).toBeLessThan(20);
  });

  it('takes no piece for fast because one alone was disturbed', async () => {
    const { clock, log, run } = setUp({ budget: 5 });
    // The first run compiles, the second is the plan's; of every turn one runs alone, and every fourth of these is held up.
    const held = (_: TaskId, count: number) => (count > 3 && count % 8 === 4 ? 0.2 : 0.01);
    const [{ cells }] = await run([scripted(clock, log, 'wasm', { seconds: held })], [task('step-1')]);
    expect(timingOf(cells[0])?.low).toBeCloseTo(0.01);
  });

  it('scales what a contender does in parts', async () => {
    const { clock, log, run } = setUp();
    const [{ cells }] = await run(
      [scripted(clock, log, 'tfjs-wasm', { seconds: () => 0.25, pieces: 21 })],
      [task('landscape')],
    );
    expect(timingOf(cells[0])?.median).toBeCloseTo(21 * 0.25);
    expect(timingOf(cells[0])?.part).toBeCloseTo(1 / 21);
  });

  it('says so where the first run took the time of the second', async () => {
    const { clock, log, run } = setUp({ budget: 10 });
    const [{ cells }] = await run([scripted(clock, log, 'webgpu', { seconds: () => 8 })], [task('step-1')]);
    expect(timingOf(cells[0])).toMatchObject({ median: 8, repetitions: 1, warm: false });
  });

  it('leaves out what would take too long at the known rate, and a slow contender takes no time from others', async () => {
    const { clock, log, run } = setUp({ budget: 20 });
    const tasks = [task('product-square'), task('step-4', { flops: 100e9 }), task('landscape')];
    const results = await run(
      [
        scripted(clock, log, 'wasm', { seconds: (id) => (id === 'step-4' ? 1 : 0.01) }),
        scripted(clock, log, 'tfjs-wasm', { seconds: () => 1 }),
      ],
      tasks,
    );
    expect(results[1].cells[0].state).toBe('measured');
    expect(results[1].cells[1]).toMatchObject({ state: 'skipped', why: 'time', needs: 100 });
    expect(results[2].cells.map(({ state }) => state)).toEqual(['measured', 'measured']);
  });

  it('does not take the rate of a first run as known while there is time', async () => {
    const { clock, log, run } = setUp({ budget: 20 });
    const results = await run(
      [scripted(clock, log, 'webgpu', { seconds: (id) => (id === 'step-1' ? 11 : 0.1) })],
      [task('product-square', { measure: 'flops', weight: 0.1 }), task('step-1'), task('step-4', { flops: 4e9 })],
    );
    expect(timingOf(results[1].cells[0])?.warm).toBe(false);
    expect(results[2].cells[0].state).toBe('measured');
  });

  it('leaves heavy tasks out where memory is short, and does them one after the other where it is not', async () => {
    const short = setUp({ memory: 2 });
    const heavy = task('vit-step', { heavy: true });
    const [skipped] = await short.run([scripted(short.clock, short.log, 'tfjs-wasm', { heavyMemory: 4 })], [heavy]);
    expect(skipped.cells[0]).toMatchObject({ state: 'skipped', why: 'memory', needs: 4, has: 2 });
    const enough = setUp({ memory: 8 });
    const { clock, log } = enough;
    await enough.run([scripted(clock, log, 'wasm'), scripted(clock, log, 'tfjs-wasm')], [heavy]);
    expect(log.indexOf('wasm gone')).toBeLessThan(log.indexOf('tfjs-wasm set up'));
  });

  it('reports who computes something else, and who fails, and goes on with the others', async () => {
    const { clock, log, run } = setUp();
    const [{ cells }] = await run(
      [
        scripted(clock, log, 'wasm'),
        scripted(clock, log, 'tfjs-wasm'),
        scripted(clock, log, 'webgpu', { answer: 2 }),
        scripted(clock, log, STOCK_ON_CARD, { failsAt: 'prepare' }),
      ],
      [task('step-1')],
    );
    expect(cells.map(({ state }) => state)).toEqual(['measured', 'measured', 'wrong', 'failed']);
    expect(cells[2]).toMatchObject({ deviation: 1 });
    expect(cells[3]).toEqual({ state: 'failed', contender: STOCK_ON_CARD, reason: 'no memory' });
  });

  it('reports who fails in its turns', async () => {
    const { clock, log, run } = setUp();
    const [{ cells }] = await run(
      [scripted(clock, log, 'wasm'), scripted(clock, log, 'webgpu', { failsAt: 4 })],
      [task('step-1')],
    );
    expect(cells[0].state).toBe('measured');
    expect(cells[1]).toEqual({ state: 'failed', contender: 'webgpu', reason: 'device lost' });
    expect(log).toContain('webgpu gone');
  });

  it('ends when it is cancelled, and frees what was set up', async () => {
    const stop = new AbortController();
    const { clock, log, run } = setUp({ signal: stop.signal });
    const contender = scripted(clock, log, 'wasm', {
      seconds: (_, count) => {
        if (count === 3) stop.abort();
        return 0.1;
      },
    });
    await expect(run([contender], [task('step-1'), task('step-4')])).rejects.toThrow(/abort/i);
    expect(log.filter((entry) => entry === 'wasm')).toHaveLength(4);
    expect(log.at(-1)).toBe('wasm gone');
  });

  it('tells how far it is', async () => {
    const { clock, log, progress, run } = setUp();
    await run([scripted(clock, log, 'wasm'), scripted(clock, log, 'webgpu')], [task('copy'), task('step-1')]);
    expect(progress).toEqual([
      { share: 0, task: 'copy', contender: 'wasm' },
      { share: 0.25, task: 'copy', contender: 'webgpu' },
      { share: 0.5, task: 'step-1', contender: 'wasm' },
      { share: 0.75, task: 'step-1', contender: 'webgpu' },
      { share: 1, task: null, contender: null },
    ]);
  });

  it('ends about in time, however slow the contenders', async () => {
    const { clock, log, run } = setUp({ budget: 40 });
    const ids = ['wasm', 'tfjs-wasm', 'webgpu', STOCK_ON_CARD] as const;
    const contenders = ids.map((id, i) => scripted(clock, log, id, { seconds: () => 0.05 * 4 ** i }));
    await run(
      contenders,
      (['copy', 'step-1', 'step-4', 'landscape', 'shapley'] as const).map((id) => task(id)),
    );
    expect(clock.seconds).toBeLessThan(60);
  });
});

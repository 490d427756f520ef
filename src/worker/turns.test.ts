import { describe, expect, it } from 'vitest';
import { PictureDesk } from './picture-desk.ts';
import type { CallName, WorkerRequest } from './protocol.ts';
import { Turns } from './turns.ts';

/** They stop all questions. */
const ORDERS = ['open', 'run', 'continue', 'evaluate', 'join-class'] as const;

/** Work of which a test says when it ends. */
interface Begun {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Fields of requests that decide turns; the others are not read. */
type Fields = { readonly pace?: number | null; readonly line?: string };

function setUp() {
  /** What happened, in order. */
  const log: string[] = [];
  const begun: Begun[] = [];
  class LoggedDesk extends PictureDesk {
    override forgetEngine(): void {
      log.push('pictures forget the engine');
    }
    override forgetModel(): void {
      log.push('pictures forget the model');
    }
  }
  /** Until when the engine waits for a lost device. */
  let waits: AbortSignal | null = null;
  const desk = new LoggedDesk(() => Promise.reject(new Error('no model')));
  const turns = new Turns(desk, {
    forgetBench: () => log.push('no bench'),
    waitUntil: (signal) => (waits = signal),
  });
  const patience = () => waits;
  let id = 0;
  /** Work that begins in its turn, under the name of the request and its number. */
  const ask = (type: CallName, fields: Fields = {}): number => {
    id++;
    const name = `${type} ${id}`;
    turns.take({ type, id, pace: null, line: 'a line', ...fields } as unknown as WorkerRequest, (signal) => {
      log.push(name);
      return new Promise((end) => begun.push({ name, signal, end }));
    });
    return id;
  };
  const names = () => begun.map(({ name }) => name);
  const find = (number: number): Begun => {
    const found = begun.find(({ name }) => name.endsWith(` ${number}`));
    if (!found) throw new Error(`Request ${number} has not begun.`);
    return found;
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  /** Ends the work of a request, and lets the next begin. */
  const end = async (number: number): Promise<void> => {
    find(number).end();
    await settle();
  };
  const isStopped = (number: number): boolean => find(number).signal.aborted;
  return { turns, desk, log, patience, ask, names, end, settle, isStopped };
}

/** Which of `requests` begin while another one holds the engine. */
async function begunBeside(requests: readonly CallName[]): Promise<string[]> {
  const { ask, names, settle } = setUp();
  ask('probe');
  await settle();
  for (const type of requests) ask(type);
  await settle();
  return names().slice(1);
}

describe('turns at the engine', () => {
  it('come one after the other, in the order of requests', async () => {
    const { ask, names, end, settle } = setUp();
    for (const type of ['open', 'run', 'plan-memory', 'predict'] as const) ask(type);
    await settle();
    for (const number of [1, 2, 3]) {
      expect(names()).toHaveLength(number);
      await end(number);
    }
    expect(names()).toEqual(['open 1', 'run 2', 'plan-memory 3', 'predict 4']);
  });

  it('are waited for by all that need the engine, and by nothing else', async () => {
    expect(
      await begunBeside([
        'open',
        'run',
        'continue',
        'evaluate',
        'join-class',
        'score-gates',
        'estimate',
        'predict',
        'look-inside',
        'probe',
        'plan-memory',
        'measure',
      ]),
    ).toEqual([]);
    const now = [
      'read-adapter',
      'check-classes',
      'merge-weights',
      'stop-predicting',
      'read-picture',
      'lead-class',
      'limit-memory',
      'stop-measuring',
      'pause',
      'resume',
      'step',
      'stop',
    ] as const;
    expect(await begunBeside(now)).toEqual(now.map((type, index) => `${type} ${index + 2}`));
  });

  it('an estimate at a known pace takes none, and stops nothing', async () => {
    const { ask, names, settle, isStopped } = setUp();
    ask('estimate');
    await settle();
    ask('estimate', { pace: 1e-3 });
    expect(names()).toEqual(['estimate 1', 'estimate 2']);
    expect(isStopped(1)).toBe(false);
  });
});

describe.each(['score-gates', 'estimate', 'measure'] as const)('the question %s', (question) => {
  it.each([...ORDERS, question])('is stopped by %s, whether it runs or waits', async (type) => {
    const { ask, end, settle, isStopped } = setUp();
    const running = ask(question);
    ask('predict');
    await settle();
    ask(type);
    expect(isStopped(running)).toBe(true);
    await end(running);
    await end(2);
    expect(isStopped(3)).toBe(false);

    const other = setUp();
    const first = other.ask('predict');
    const waiting = other.ask(question);
    other.ask(type);
    await other.settle();
    await other.end(first);
    expect(other.isStopped(waiting)).toBe(true);
  });

  const others = (['score-gates', 'estimate', 'measure'] as const).filter((other) => other !== question);
  it.each([
    ...others,
    ...(['probe', 'plan-memory', 'predict', 'look-inside', 'pause', 'read-picture', 'read-adapter'] as const),
  ])('is not stopped by %s', async (type) => {
    const { ask, settle, isStopped } = setUp();
    const asked = ask(question);
    await settle();
    ask(type);
    expect(isStopped(asked)).toBe(false);
  });
});

describe('an estimate', () => {
  it('is answered in its turn, however often layers are switched', async () => {
    const { ask, names, end, settle, isStopped } = setUp();
    const gates = ask('score-gates');
    const estimate = ask('estimate');
    await settle();
    const again = ask('score-gates');
    expect(isStopped(gates)).toBe(true);
    await end(gates);
    expect(isStopped(estimate)).toBe(false);
    await end(estimate);
    expect(isStopped(again)).toBe(false);
    expect(names()).toEqual(['score-gates 1', 'estimate 2', 'score-gates 3']);
  });

  it('at a known pace is not stopped by what came before it', async () => {
    const { ask, settle, isStopped } = setUp();
    ask('run');
    await settle();
    const estimate = ask('estimate', { pace: 1e-3 });
    expect(isStopped(estimate)).toBe(false);
  });
});

describe('a question about pictures', () => {
  it('is stopped by a newer one of its line', async () => {
    const { ask, end, settle, isStopped } = setUp();
    const first = ask('predict', { line: 'camera' });
    await settle();
    ask('predict', { line: 'own' });
    expect(isStopped(first)).toBe(false);
    ask('look-inside', { line: 'camera' });
    expect(isStopped(first)).toBe(true);
    await end(first);
    expect(isStopped(2)).toBe(false);
  });

  it.each(ORDERS)('is stopped by %s', async (type) => {
    const { ask, settle, isStopped } = setUp();
    const question = ask('look-inside');
    await settle();
    ask(type);
    expect(isStopped(question)).toBe(true);
  });

  it.each(['score-gates', 'estimate', 'probe', 'plan-memory', 'measure', 'stop'] as const)(
    'is not stopped by %s',
    async (type) => {
      const { ask, settle, isStopped } = setUp();
      const question = ask('predict');
      await settle();
      ask(type);
      expect(isStopped(question)).toBe(false);
    },
  );

  it('is stopped by its number', async () => {
    const { desk, ask, settle, isStopped } = setUp();
    const question = ask('predict');
    await settle();
    desk.stop(question + 1);
    expect(isStopped(question)).toBe(false);
    desk.stop(question);
    expect(isStopped(question)).toBe(true);
  });
});

describe('a measurement', () => {
  it('ends on request, also before its turn, and the next one begins anew', async () => {
    const { turns, ask, end, settle, isStopped } = setUp();
    const before = ask('probe');
    const measurement = ask('measure');
    turns.stop('measure');
    const next = ask('measure');
    await settle();
    await end(before);
    expect(isStopped(measurement)).toBe(true);
    await end(measurement);
    expect(isStopped(next)).toBe(false);
  });
});

describe('a lost device', () => {
  it('is waited for by a question until that is stopped, and by all else as long as one may come', async () => {
    const { ask, patience, end, settle } = setUp();
    const first = ask('predict');
    await settle();
    expect(patience()).toMatchObject({ aborted: false });
    const estimate = ask('estimate');
    ask('predict');
    expect(patience()).toMatchObject({ aborted: true });
    await end(first);
    expect(patience()).toMatchObject({ aborted: false });
    ask('run');
    expect(patience()).toMatchObject({ aborted: true });
    await end(estimate);
    await end(3);
    expect(patience()).toBeNull();
    ask('estimate', { pace: 1 }); // needs no engine
    expect(patience()).toBeNull();
  });
});

describe('what the engine forgets when a turn begins', () => {
  const forgotten = async (type: CallName): Promise<string[]> => {
    const { ask, log, settle } = setUp();
    ask(type);
    await settle();
    return log;
  };

  it.each(['open', 'estimate', 'probe', 'plan-memory', 'measure'] as const)(
    'the bench and the backbone of pictures, before %s',
    async (type) => {
      expect(await forgotten(type)).toEqual(['no bench', 'pictures forget the engine', `${type} 1`]);
    },
  );

  it.each(['run', 'continue', 'evaluate', 'join-class'] as const)(
    'also the weights of pictures, before %s',
    async (type) => {
      expect(await forgotten(type)).toEqual([
        'no bench',
        'pictures forget the engine',
        'pictures forget the model',
        `${type} 1`,
      ]);
    },
  );

  it.each(['predict', 'look-inside'] as const)('the bench alone, before %s', async (type) => {
    expect(await forgotten(type)).toEqual(['no bench', `${type} 1`]);
  });

  it('the backbone of pictures alone, before gates are scored', async () => {
    expect(await forgotten('score-gates')).toEqual(['pictures forget the engine', 'score-gates 1']);
  });

  it('nothing, before what needs no engine', async () => {
    expect(await forgotten('read-adapter')).toEqual(['read-adapter 1']);
  });

  it('nothing while those before still run', async () => {
    const { ask, log, end, settle } = setUp();
    const scored = ask('score-gates');
    ask('run');
    await settle();
    expect(log).toEqual(['pictures forget the engine', 'score-gates 1']);
    await end(scored);
    expect(log.slice(2)).toEqual(['no bench', 'pictures forget the engine', 'pictures forget the model', 'run 2']);
  });
});

/** The tuner on a device whose timings are scripted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream, type Rng } from '../../../../core/rng.ts';
import { DeviceLostError } from '../../../errors.ts';
import { faultKey, type Fault, type KernelChoice } from '../../../kernel-tuning.ts';
import { formsToTry, TUNING_MS, Tuner, type Bench, type Question, type StepTimes } from './tuner.ts';

interface Script {
  /** By site and form, milliseconds in a step; `usual` is the usual form. */
  readonly times: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly faults?: Readonly<Record<string, Fault>>;
  /** Relative standard deviation of a time. */
  readonly noise?: number;
  /** Milliseconds of the clock's grain; 0: none. */
  readonly grain?: number;
  /** Whether sites are timed one by one; absent: they are. */
  readonly timesSites?: boolean;
  /** Milliseconds that a proof takes, and one of a form that hangs. */
  readonly proof?: number;
  readonly hang?: number;
  /** A site whose forms take too long. */
  readonly slowAt?: string;
  /** The form with which the device is lost in a step. */
  readonly loses?: string;
  /** What is thrown then; absent: DeviceLostError. */
  readonly fails?: Error;
  /** What a form's time is reported as, in place of a time. */
  readonly nonsense?: Readonly<Record<string, number>>;
}

class ScriptedBench implements Bench {
  clock = 0;
  readonly compiled: string[] = [];
  isCompiling = false;
  private readonly rng: Rng = stream(1, 'analysis');

  constructor(
    private readonly script: Script,
    readonly questions: readonly Question[],
  ) {}

  now = () => this.clock;

  step(forms: KernelChoice): Promise<StepTimes> {
    const { times, noise = 0, grain = 0, timesSites = true, nonsense = {}, loses } = this.script;
    if (Object.values(forms).some((form) => form === loses))
      return Promise.reject(this.script.fails ?? new DeviceLostError('lost'));
    let whole = 0;
    const sites = new Map<string, number>();
    for (const { id } of this.questions) {
      const form = forms[id] ?? 'usual';
      const exact = Math.max(0, times[id][form] * (1 + noise * this.rng.normal()));
      const time = nonsense[form] ?? exact;
      whole += exact;
      sites.set(id, grain > 0 ? grain * Math.floor(time / grain + this.rng.uniform()) : time);
    }
    this.clock += whole;
    return Promise.resolve({ sites: timesSites ? sites : null, whole });
  }

  compile(site: string, forms: readonly string[]): void {
    this.compiled.push(...forms.map((form) => `${site} ${form}`));
  }

  prove(site: string, form: string): Promise<Fault | null> {
    const family = this.questions.find(({ id }) => id === site)?.family ?? '';
    const fault = site === this.script.slowAt ? 'slow' : (this.script.faults?.[faultKey(family, form)] ?? null);
    this.clock += fault === 'slow' ? (this.script.hang ?? 250) : (this.script.proof ?? 1);
    return Promise.resolve(fault);
  }
}

const questionsOf = ({ times }: Script): Question[] =>
  Object.entries(times).map(([id, forms]) => ({
    id,
    family: id.split(':')[0],
    usual: 'usual',
    others: Object.keys(forms).filter((form) => form !== 'usual'),
  }));

async function tuned(script: Script, known: [string, Fault][] = []) {
  const questions = questionsOf(script);
  const bench = new ScriptedBench(script, questions);
  const tuner = new Tuner(bench, questions, known, TUNING_MS);
  for await (const progress of tuner.work()) expect(progress).toBe('worked');
  const forms = Object.fromEntries([...tuner.sites].map(([id, { form }]) => [id, form]));
  return { forms, tuner, bench };
}

const TWO = { 'product: a': { usual: 2, big: 1.5, small: 3 }, 'product: b': { usual: 1, big: 1.4, small: 0.9 } };

describe('the tuner', () => {
  it('takes the fastest form of every site', async () => {
    const { forms, tuner } = await tuned({ times: TWO, noise: 0.01 });
    expect(forms).toEqual({ 'product: a': 'big', 'product: b': 'small' });
    const [usual, best] = tuner.sites.get('product: a')?.milliseconds ?? [0, 0];
    expect(usual / best).toBeCloseTo(2 / 1.5, 1);
  });

  it('takes the fastest of several that are faster, whatever their order', async () => {
    const times = { 'p: a': { usual: 2, good: 1.5, best: 1.2 }, 'p: b': { usual: 2, best: 1.2, good: 1.5 } };
    expect((await tuned({ times })).forms).toEqual({ 'p: a': 'best', 'p: b': 'best' });
  });

  it('decides nothing from a few rounds', async () => {
    // The time is up after three of the usual form and four of the other.
    const { forms, bench } = await tuned({ times: { 'p: a': { usual: 140, x: 117.3 } } });
    expect(forms).toEqual({ 'p: a': null });
    expect(bench.clock).toBeGreaterThan((4 + 3) * 140 + 4 * 117.3);
  });

  it('keeps the usual form where others are as fast, or faster by less than the margin', async () => {
    expect((await tuned({ times: { 'p: a': { usual: 1, same: 1, hardly: 0.98 } } })).forms).toEqual({ 'p: a': null });
    expect((await tuned({ times: { 'p: a': { usual: 1, same: 0.999 } }, noise: 0.2 })).forms).toEqual({ 'p: a': null });
  });

  it('needs more steps where the clock is coarse, and tells a large difference there too', async () => {
    const times = { 'p: a': { usual: 0.9, fast: 0.5 }, 'p: b': { usual: 0.05, fast: 0.045 }, 'p: c': { usual: 5 } };
    const { forms } = await tuned({ times, grain: 0.1, noise: 0.01 });
    expect(forms['p: a']).toBe('fast');
    expect(forms['p: b']).toBeNull();
  });

  it('times families where only whole steps are timed', async () => {
    const times = {
      'product: a': { usual: 2, big: 1.5 },
      'product: b': { usual: 1, big: 0.9, odd: 3 },
      'product: c': { usual: 0.5, odd: 1 },
      'attention: a': { usual: 1, staged: 1.5 },
    };
    const { forms } = await tuned({ times, noise: 0.005, timesSites: false });
    // A site that cannot take the form of its family keeps its own.
    expect(forms).toEqual({ 'product: a': 'big', 'product: b': 'big', 'product: c': null, 'attention: a': null });
  });

  it.each(['compile', 'wrong', 'bits'] as const)(
    'strikes out a form with the fault "%s", everywhere',
    async (fault) => {
      const { forms, tuner } = await tuned({ times: TWO, faults: { 'product: big': fault } });
      expect(forms).toEqual({ 'product: a': null, 'product: b': 'small' });
      expect([...tuner.faults]).toEqual([['product: big', fault]]);
    },
  );

  it('never tries again what was struck out', async () => {
    const { forms, bench } = await tuned({ times: TWO }, [['product: big', 'lost']]);
    expect(forms).toEqual({ 'product: a': null, 'product: b': 'small' });
    expect(bench.compiled.some((name) => name.endsWith('big'))).toBe(false);
  });

  it('leaves a device alone that was lost, and names the form that ran', async () => {
    const { tuner, bench } = await tuned({ times: TWO, faults: { 'product: big': 'lost' } });
    expect([...tuner.lost]).toEqual(['product: big']);
    expect([...tuner.faults]).toEqual([]);
    expect(tuner.sites.size).toBe(0);
    expect(bench.clock).toBeLessThan(300);
  });

  it('strikes out a form that takes too long where it does, and goes on', async () => {
    const known: [string, Fault][] = [['product: a: big', 'slow']];
    for (const { forms, tuner } of [
      await tuned({ times: TWO }, known),
      await tuned({ times: { ...TWO, 'attention: a': { usual: 1, packed: 0.5 } }, slowAt: 'product: a', hang: 100 }),
    ]) {
      expect(forms).toMatchObject({ 'product: a': null, 'product: b': 'small' });
      expect(tuner.faults.get('product: a: big')).toBe('slow');
      expect(tuner.faults.has('product: big')).toBe(false);
    }
  });

  it.each([true, false])(
    'names the forms of a step in which the device is lost, sites timed: %s',
    async (timesSites) => {
      const script = { times: TWO, loses: 'big', timesSites };
      const questions = questionsOf(script);
      const tuner = new Tuner(new ScriptedBench(script, questions), questions, [], TUNING_MS);
      await expect(async () => {
        for await (const progress of tuner.work()) expect(progress).toBe('worked');
      }).rejects.toThrow('lost');
      expect([...tuner.lost]).toEqual(['product: big']);
      expect([...tuner.faults]).toEqual([]);
      expect(tuner.sites.size).toBe(0);
    },
  );

  it('names the forms that took turns to the end, also those that lost, and none of a race that broke off', async () => {
    const { tuner } = await tuned({ times: { 'p: a': { usual: 2, fast: 1, slow: 9 } } });
    expect([...tuner.returned].sort()).toEqual(['p: fast', 'p: slow']);
    const script = { times: TWO, loses: 'big' };
    const questions = questionsOf(script);
    const broken = new Tuner(new ScriptedBench(script, questions), questions, [], TUNING_MS);
    await expect(async () => {
      for await (const progress of broken.work()) expect(progress).toBe('worked');
    }).rejects.toThrow('lost');
    expect([...broken.returned]).toEqual([]);
  });

  it('blames no form for a step that failed for another reason', async () => {
    const script = { times: TWO, loses: 'big', fails: new Error('no memory') };
    const questions = questionsOf(script);
    const tuner = new Tuner(new ScriptedBench(script, questions), questions, [], TUNING_MS);
    await expect(async () => {
      for await (const progress of tuner.work()) expect(progress).toBe('worked');
    }).rejects.toThrow('no memory');
    expect([...tuner.lost, ...tuner.faults]).toEqual([]);
  });

  it.each([NaN, -1, Infinity])('strikes out a form whose time is %d', async (time) => {
    const { forms, tuner } = await tuned({ times: TWO, nonsense: { big: time } });
    expect(forms['product: a']).toBeNull();
    expect(tuner.faults.get('product: big')).toBe('nonsense');
  });

  it('does not believe a form that takes next to no time', async () => {
    const { forms, tuner } = await tuned({ times: TWO, nonsense: { big: 1e-4 } });
    expect(forms['product: a']).toBeNull();
    expect(tuner.faults.get('product: big')).toBe('nonsense');
  });

  it('leaves sites alone that take no time', async () => {
    const { bench } = await tuned({ times: { 'p: a': { usual: 10, x: 9 }, 'p: b': { usual: 0.01, x: 0.001 } } });
    expect(bench.compiled).toEqual(['p: a x']);
  });

  describe('where steps are too long for all forms', () => {
    /** Ten forms, the third likeliest of which is the fastest but for the ninth. */
    const TEN = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`f${n}`, n === 8 ? 15 : n === 2 ? 20 : 35]));
    const times = { 'p: a': { usual: 30, ...TEN } };

    it('times those that come first, each often enough to be decided on', async () => {
      const { forms, tuner, bench } = await tuned({ times });
      expect(forms).toEqual({ 'p: a': 'f2' });
      expect(tuner.sites.get('p: a')?.others).toEqual({ f0: 35, f1: 35, f2: 20, f3: 35, f4: 35 });
      expect(bench.compiled).toHaveLength(5);
    });

    it('goes on with the others another time, beside the fastest that is known', async () => {
      const { tuner } = await tuned({ times });
      const known = tuner.sites.get('p: a');
      const [question] = questionsOf({ times });
      const left = formsToTry(question, known, (key) => key === 'p: f9');
      expect(left).toEqual(['f2', 'f5', 'f6', 'f7', 'f8']);
      const bench = new ScriptedBench({ times }, [question]);
      const next = new Tuner(bench, [{ ...question, others: left }], [], TUNING_MS);
      for await (const progress of next.work()) expect(progress).toBe('worked');
      expect(next.sites.get('p: a')?.form).toBe('f8');
    });

    it('has nothing left to try where all forms were timed, or are wrong, or the site takes no time', () => {
      const question = { id: 'p: a', family: 'p', others: ['x', 'y'] };
      const site = { form: null, usual: 'usual', milliseconds: null, error: 0 };
      const never = () => false;
      expect(formsToTry(question, undefined, never)).toEqual(['x', 'y']);
      expect(formsToTry(question, undefined, (key) => key === 'p: a: y')).toEqual(['x']);
      expect(formsToTry(question, { ...site, others: { x: 1 } }, never)).toEqual(['y']);
      expect(formsToTry(question, { ...site, others: { x: 1 } }, (key) => key === 'p: y')).toEqual([]);
      expect(formsToTry(question, { ...site, form: 'x', others: { x: 1, y: 2 } }, never)).toEqual([]);
      expect(formsToTry(question, site, never)).toEqual([]);
    });

    it('tries one form of every family before a second of any, where only whole steps are timed', async () => {
      const many = (fast: string) => Object.fromEntries(Object.keys(TEN).map((form) => [form, form === fast ? 2 : 12]));
      const script = {
        times: {
          'p: a': { usual: 10, ...many('f1') },
          'q: a': { usual: 10, ...many('f0') },
          'p: b': { usual: 10, f7: 9 },
        },
        timesSites: false,
      };
      const { forms, bench } = await tuned(script);
      expect(forms).toEqual({ 'p: a': 'f1', 'q: a': 'f0' });
      expect(bench.compiled).toEqual(['p: a f0', 'p: a f1', 'p: a f2', 'q: a f0', 'q: a f1']);
    });

    it('goes through sites from the one that takes the longest', async () => {
      const site = (usual: number) => ({ usual, x: usual / 2, y: usual / 3 });
      const { bench } = await tuned({ times: { 'p: b': site(2), 'p: a': site(8), 'q: c': site(4) } });
      expect(bench.compiled.map((name) => name.slice(0, 4))).toEqual(['p: a', 'p: a', 'q: c', 'q: c', 'p: b', 'p: b']);
    });
  });

  it('gives a device up on which a few steps take all the time there is', async () => {
    const { forms, bench } = await tuned({ times: { 'p: a': { usual: 600, x: 1 } } });
    expect(forms).toEqual({ 'p: a': null });
    expect(bench.clock).toBeLessThanOrEqual(1500);
  });

  const anyTimes = fc.dictionary(
    fc.constantFrom('product: a', 'product: b', 'attention: a', 'attention: b', 'lora: a'),
    fc.record({
      usual: fc.double({ min: 0.01, max: 20, noNaN: true }),
      x: fc.double({ min: 0.01, max: 20, noNaN: true }),
      y: fc.double({ min: 0.01, max: 20, noNaN: true }),
    }),
    { minKeys: 1 },
  );
  const anyScript = fc.record({
    times: anyTimes,
    noise: fc.constantFrom(0, 0.01, 0.1),
    grain: fc.constantFrom(0, 0.1),
    timesSites: fc.boolean(),
    proof: fc.double({ min: 0.1, max: 100, noNaN: true }),
    hang: fc.constant(250),
    faults: fc.dictionary(
      fc.constantFrom('product: x', 'product: y', 'attention: x', 'lora: y'),
      fc.constantFrom<Fault>('compile', 'wrong', 'bits', 'slow', 'lost'),
    ),
  });

  it('never takes a form that is slower than the usual one beyond noise, nor one with a fault', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, async (script) => {
        const { tuner } = await tuned(script);
        for (const [id, { form }] of tuner.sites) {
          if (form === null) continue;
          const [family] = id.split(':');
          expect(script.faults[faultKey(family, form)]).toBeUndefined();
          // Where only whole steps are timed, the sites that got the form must be faster together.
          const ids = script.timesSites
            ? [id]
            : [...tuner.sites].flatMap(([site, found]) =>
                site.startsWith(family) && found.form === form ? [site] : [],
              );
          const total = (of: 'usual' | 'x' | 'y') => ids.reduce((sum, site) => sum + script.times[site][of], 0);
          const rest = script.timesSites ? 0 : Object.values(script.times).reduce((sum, { usual }) => sum + usual, 0);
          const chosen = total(form === 'x' ? 'x' : 'y');
          expect(chosen).toBeLessThan(total('usual') * (1 + script.noise) + script.noise * rest + script.grain);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never takes longer than its budget, but for what a form that hangs adds', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, async (script) => {
        const { bench, tuner } = await tuned(script);
        const hung = [...tuner.faults.values()].includes('slow') ? script.hang : 0;
        // One step or proof may take a little longer than all before it.
        const longest = Math.max(script.proof, 5 * 20 * (1 + 4 * script.noise));
        expect(bench.clock).toBeLessThanOrEqual(1500 + hung + longest);
      }),
      { numRuns: 150 },
    );
  });

  it('finds the same again from the same times', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, async (script) => {
        const [a, b] = [await tuned(script), await tuned(script)];
        expect([...a.tuner.sites]).toEqual([...b.tuner.sites]);
        expect([...a.tuner.faults]).toEqual([...b.tuner.faults]);
      }),
      { numRuns: 30 },
    );
  });
});

/**
 * Finds out which forms of kernels are fastest in a training step. Pure: it asks a bench for times, and decides.
 *
 * 1. A few steps in the usual forms: sites that take no time are left alone.
 * 2. Of the rest, as many other forms as there is time to time are compiled, in the background, and must give the usual form's numbers once. The likeliest come
 *    first; what there was no time for is tried another time, beside the fastest that is known by then.
 * 3. Rounds: steps in the usual forms and steps in others, in turns. A form that is clearly slower is dropped. Where sites are timed one by one, a step
 *    tries another form at every site at once; where only the whole step is timed, a step tries one form in one family.
 * 4. A form wins that is faster than the usual one by more than a margin and more than the noise. A tie keeps the usual one.
 */
import { DeviceLostError } from '../../../errors.ts';
import { faultKey, type Fault, type KernelChoice, type TunedSite } from '../../../kernel-tuning.ts';
import type { Site } from './choices.ts';
import { centreOf, grainOf, sumOf, type Centre } from './timings.ts';

/** Milliseconds of the GPU, or of the clock, in all. */
export const TUNING_MS = 1500;

/** A form wins if it takes at least this share less than the usual one, */
export const MARGIN = 0.03;
/** and at least so many standard errors of the difference. */
export const ERRORS = 3;
/** A form is dropped when it is slower than the usual one by so many. */
const DROP_ERRORS = 2;
/** Steps in the usual forms before anything is compiled; the first is not counted. */
const RANKING_STEPS = 4;
/** Sites that take less than this share of the step are left alone. */
const LEAST_SHARE = 0.01;
/** Rounds before a form is dropped, and the most. */
export const LEAST_ROUNDS = 4;
const MOST_ROUNDS = 40;
/** Share of the budget for numbers; the rest is for times. */
const PROVING = 0.4;
/** Runs without which nothing is decided: the first names the sites. */
export const LEAST_RUNS = 1 + RANKING_STEPS + 2 * LEAST_ROUNDS;
/** Times a form may be faster: more is no measurement. */
const MOST_GAIN = 50;

/** The part of a site that the tuner knows. */
export type Question = Pick<Site, 'id' | 'family' | 'usual' | 'others'>;

/** Milliseconds of a step: of its sites, where they are timed one by one, and of all of it. */
export interface StepTimes {
  readonly sites: ReadonlyMap<string, number> | null;
  readonly whole: number;
  /** What the sites have to compute, where they are timed one by one. */
  readonly flops?: ReadonlyMap<string, number>;
}

/** What the tuner measures with: gpu-bench.ts, or a script in tests. */
export interface Bench {
  /** Milliseconds, rising. */
  now(): number;
  /** One step; what is not named has its usual form. @throws Error when the device is lost */
  step(forms: KernelChoice): Promise<StepTimes>;
  /** Compiles forms of a site in the background, a few at a time, behind those that it was asked for before. */
  compile(site: string, forms: readonly string[]): void;
  readonly isCompiling: boolean;
  /** Compares a form's numbers with those of the usual one; null: nothing is wrong. */
  prove(site: string, form: string): Promise<Fault | null>;
}

/** What a fault is held against. */
export const struckKey = ({ id, family }: Pick<Question, 'id' | 'family'>, form: string, fault: Fault): string =>
  faultKey(fault === 'slow' ? id : family, form);

/** Whether a form is not used at a site. */
const isStruckOut = (
  { id, family }: Pick<Question, 'id' | 'family'>,
  form: string,
  isFault: (key: string) => boolean,
): boolean => isFault(faultKey(family, form)) || isFault(faultKey(id, form));

/** The forms of a site that are still to be tried, behind the fastest that is known; none where all were. @param isFault whether something is wrong with what has this key */
export function formsToTry(
  question: Pick<Question, 'id' | 'family' | 'others'>,
  known: TunedSite | undefined,
  isFault: (key: string) => boolean,
): string[] {
  const tried = known && (known.others ?? null);
  if (tried === null) return [];
  const open = question.others.filter((form) => !isStruckOut(question, form, isFault) && !(tried && form in tried));
  return open.length > 0 && known && known.form !== null ? [known.form, ...open] : open;
}

/** What is decided at once: a site, or all sites of a family where only whole steps are timed. */
interface Decision {
  readonly questions: readonly Question[];
  readonly usual: number[];
  /** Times of the forms that are still in the race. */
  readonly others: Map<string, number[]>;
  /** Times of the forms that were timed often enough to be decided on. */
  readonly raced: Map<string, readonly number[]>;
}

/** What a step tries: of every decision it tells something about, a form; null: the usual one. */
type Trial = readonly (readonly [Decision, string | null])[];

/** Whether the work has to wait for the compiler. */
export type TuningAdvance = 'worked' | 'waits';

/** One tuning of one device. What it has found so far is in its fields, also when the work is left early. */
export class Tuner {
  readonly sites = new Map<string, TunedSite>();
  readonly faults: Map<string, Fault>;
  /** Forms that ran when the device was lost. */
  readonly lost = new Set<string>();
  /** Forms that took turns until they were decided on. */
  readonly returned = new Set<string>();
  private spent = 0;
  private usualStep = 0;
  private longestStep = 0;
  private flops: StepTimes['flops'];
  private longestProof = 0;
  private readonly all: number[] = [];

  /** @param faults known before @param budget milliseconds */
  constructor(
    private readonly bench: Bench,
    private readonly questions: readonly Question[],
    faults: Iterable<readonly [string, Fault]>,
    private readonly budget: number,
  ) {
    this.faults = new Map(faults);
  }

  /** One measurement at a time. What was found so far is in `sites` and `faults`. */
  async *work(): AsyncGenerator<TuningAdvance, void> {
    const first: StepTimes[] = [];
    let from = 0;
    for (let n = 0; n < RANKING_STEPS; n++) {
      if (n === 1) from = this.spent;
      const times = await this.timed({});
      if (!times) {
        // So slow a device would get no further the next time either.
        for (const question of this.questions) this.keepUsual(question);
        return;
      }
      if (n > 0) first.push(times);
      yield 'worked';
    }
    this.usualStep = (this.spent - from) / first.length;
    this.flops = first[0].flops;
    const timesSites = first.every(({ sites }) => sites !== null);
    const asked = this.inTime(this.worthwhile(first), timesSites);
    for (const { id, others } of asked) this.bench.compile(id, others);
    while (this.bench.isCompiling) yield 'waits';
    const proven = new Map<string, Set<string>>();
    for (const question of asked) {
      const forms = yield* this.prove(question);
      if (forms === 'ended') return;
      if (forms) proven.set(question.id, forms);
    }
    const decisions = this.decisions(
      asked.filter(({ id }) => proven.has(id)),
      proven,
      timesSites,
    );
    yield* this.race(decisions, timesSites);
    for (const decision of decisions) this.decide(decision);
  }

  /** Sites that take some time, the longest first; all of them where they are not timed. */
  private worthwhile(steps: readonly StepTimes[]): Question[] {
    const known = steps.flatMap(({ sites }) => (sites ? [sites] : []));
    if (known.length === 0) return [...this.questions];
    const timeOf = (id: string) => known.reduce((sum, sites) => sum + (sites.get(id) ?? 0), 0);
    const whole = this.questions.reduce((sum, { id }) => sum + timeOf(id), 0);
    const ranked = this.questions.map((question) => ({ question, time: timeOf(question.id) }));
    for (const { question, time } of ranked) if (time <= LEAST_SHARE * whole) this.keepUsual(question);
    return ranked
      .filter(({ time }) => time > LEAST_SHARE * whole)
      .sort((a, b) => b.time - a.time)
      .map(({ question }) => question);
  }

  /** The sites with the forms that there is time for: without the least number of rounds, none of them is decided on. */
  private inTime(questions: readonly Question[], timesSites: boolean): Question[] {
    const steps = Math.floor(((1 - PROVING) * this.budget - this.spent) / (LEAST_ROUNDS * this.usualStep));
    const most = Math.max(1, steps - 1); // one of a round's steps is in the usual forms
    const usable = questions.map((question) => ({
      ...question,
      others: question.others.filter((form) => !this.isStruck(question, form)),
    }));
    // A step tries a form at every site,
    if (timesSites) return usable.map((question) => ({ ...question, others: question.others.slice(0, most) }));
    // or one in one family: the first of each, then the second of each.
    const families = [...new Set(usable.map(({ family }) => family))].map((family) => ({
      family,
      forms: [...new Set(usable.flatMap((question) => (question.family === family ? question.others : [])))],
    }));
    const longest = Math.max(0, ...families.map(({ forms }) => forms.length));
    const inTurn = Array.from({ length: longest }, (_, n) =>
      families.flatMap(({ family, forms }) => (n < forms.length ? [faultKey(family, forms[n])] : [])),
    ).flat();
    const taken = new Set(inTurn.slice(0, most));
    return usable
      .map((question) => ({
        ...question,
        others: question.others.filter((form) => taken.has(faultKey(question.family, form))),
      }))
      .filter(({ others }) => others.length > 0);
  }

  private isStruck(question: Pick<Question, 'id' | 'family'>, form: string): boolean {
    return isStruckOut(question, form, (key) => this.faults.has(key));
  }

  private keepUsual({ id, usual }: Question): void {
    this.sites.set(id, { form: null, usual, milliseconds: null, error: 0 });
  }

  /** The forms of a site whose numbers are right; null: there was no time to look. 'ended': the device must be left alone. */
  private async *prove({ id, family, others }: Question): AsyncGenerator<TuningAdvance, Set<string> | null | 'ended'> {
    const right = new Set<string>();
    for (const form of others) {
      if (this.isStruck({ id, family }, form)) continue;
      if (this.spent + this.longestProof > PROVING * this.budget) return right.size > 0 ? right : null;
      const from = this.bench.now();
      const fault = await this.bench.prove(id, form);
      const took = this.bench.now() - from;
      this.spent += took;
      this.longestProof = Math.max(this.longestProof, took);
      if (fault === 'lost') {
        this.lost.add(faultKey(family, form));
        return 'ended';
      }
      if (fault) this.faults.set(struckKey({ id, family }, form, fault), fault);
      else right.add(form);
      yield 'worked';
    }
    return right;
  }

  /** A step, unless it would take longer than what is left. */
  private async timed(forms: KernelChoice): Promise<StepTimes | null> {
    if (this.spent + 1.1 * this.longestStep > this.budget) return null;
    const from = this.bench.now();
    const times = await this.bench.step(forms);
    const took = this.bench.now() - from;
    this.spent += took;
    this.longestStep = Math.max(this.longestStep, took);
    return times;
  }

  private decisions(
    questions: readonly Question[],
    proven: ReadonlyMap<string, ReadonlySet<string>>,
    timesSites: boolean,
  ): Decision[] {
    const groups = new Map<string, Question[]>();
    for (const question of questions) {
      const key = timesSites ? question.id : question.family;
      groups.set(key, [...(groups.get(key) ?? []), question]);
    }
    return [...groups.values()].map((members) => {
      const usable = members.map((question) => ({
        ...question,
        // A form that turned out to be wrong elsewhere is right nowhere.
        others: [...(proven.get(question.id) ?? [])].filter((form) => !this.isStruck(question, form)),
      }));
      const forms = new Set(usable.flatMap(({ others }) => others));
      return { questions: usable, usual: [], others: new Map([...forms].map((form) => [form, []])), raced: new Map() };
    });
  }

  /** Steps in turns until all is clear, or time is up. */
  private async *race(decisions: readonly Decision[], timesSites: boolean): AsyncGenerator<TuningAdvance, void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const open = decisions.filter(({ others }) => others.size > 0);
      if (open.length === 0) return;
      const trials = trialsOf(open, timesSites);
      // Whatever drifts while a round lasts (clocks, heat) must not always meet the same form.
      for (const trial of round % 2 === 0 ? trials : trials.toReversed()) {
        const times = await this.timed(formsOf(trial)).catch((error: unknown) => {
          if (error instanceof DeviceLostError)
            for (const [{ questions }, form] of trial)
              if (form !== null) for (const { family } of questions) this.lost.add(faultKey(family, form));
          throw error;
        });
        if (!times) return;
        // A step whose sites were not timed cannot be compared with those whose were.
        if (timesSites && !times.sites) return;
        for (const [decision, form] of trial) this.note(decision, form, times);
        yield 'worked';
      }
      if (round + 1 >= LEAST_ROUNDS) for (const decision of open) this.drop(decision);
    }
  }

  private note({ questions, usual, others, raced }: Decision, form: string | null, { sites, whole }: StepTimes): void {
    const time = sites ? sumOf(questions.map(({ id }) => sites.get(id) ?? NaN)) : whole;
    const isTime = time >= 0 && time < Infinity;
    if (isTime) this.all.push(time);
    if (form === null) {
      if (isTime) usual.push(time);
    } else if (isTime) {
      const times = others.get(form) ?? [];
      if (times.push(time) >= LEAST_ROUNDS) raced.set(form, times);
    } else {
      this.strike(questions, form, 'nonsense');
      others.delete(form);
    }
  }

  private strike(questions: Decision['questions'], form: string, fault: Fault): void {
    for (const { family } of questions) this.faults.set(faultKey(family, form), fault);
  }

  /** Leaves out forms that are clearly slower than the usual one. */
  private drop({ usual, others }: Decision): void {
    const standard = this.centreOf(usual);
    if (!standard) return;
    for (const [form, times] of others) {
      const centre = this.centreOf(times);
      if (centre && centre.value - standard.value > DROP_ERRORS * Math.hypot(centre.error, standard.error))
        others.delete(form);
    }
  }

  private centreOf(times: readonly number[]): Centre | null {
    return times.length === 0 ? null : centreOf(times, grainOf(this.all));
  }

  private decide({ questions, usual, others, raced }: Decision): void {
    for (const { family } of questions) for (const form of raced.keys()) this.returned.add(faultKey(family, form));
    const standard = this.centreOf(usual);
    let best: { readonly form: string; readonly centre: Centre } | null = null;
    for (const [form, times] of others) {
      const centre = this.centreOf(times);
      if (!standard || !centre || Math.min(times.length, usual.length) < LEAST_ROUNDS) continue;
      if (MOST_GAIN * centre.value + grainOf(this.all) < standard.value) {
        this.strike(questions, form, 'nonsense');
        continue;
      }
      const gain = standard.value - centre.value;
      const least = Math.max(MARGIN * standard.value, ERRORS * Math.hypot(centre.error, standard.error));
      if (gain > least && (!best || centre.value < best.centre.value)) best = { form, centre };
    }
    const timed = [...raced].flatMap(([form, times]) => {
      const centre = this.centreOf(times);
      return centre ? [[form, centre.value] as const] : [];
    });
    for (const question of questions) {
      const form = best && question.others.includes(best.form) ? best.form : null;
      const flops = this.flops?.get(question.id);
      this.sites.set(question.id, {
        form,
        usual: question.usual,
        milliseconds: standard && [standard.value, form !== null && best ? best.centre.value : standard.value],
        error: standard && best && form !== null ? Math.hypot(standard.error, best.centre.error) : 0,
        ...(timed.length > 0 && {
          others: Object.fromEntries(timed.filter(([other]) => question.others.includes(other))),
        }),
        ...(flops !== undefined && { flops }),
      });
    }
  }
}

/** The steps of a round. */
function trialsOf(open: readonly Decision[], timesSites: boolean): Trial[] {
  const usual: Trial = open.map((decision) => [decision, null]);
  if (!timesSites)
    return [usual, ...open.flatMap((decision) => [...decision.others.keys()].map((form): Trial => [[decision, form]]))];
  const most = Math.max(...open.map(({ others }) => others.size));
  const others = Array.from({ length: most }, (_, n): Trial =>
    open.flatMap((decision) => {
      const form = [...decision.others.keys()].at(n);
      return form === undefined ? [] : [[decision, form] as const];
    }),
  );
  return [usual, ...others];
}

const formsOf = (trial: Trial): KernelChoice =>
  Object.fromEntries(
    trial.flatMap(([{ questions }, form]) =>
      form === null ? [] : questions.filter(({ others }) => others.includes(form)).map(({ id }) => [id, form] as const),
    ),
  );

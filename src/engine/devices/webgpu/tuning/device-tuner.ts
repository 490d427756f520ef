/** Tunes the kernels of a device for the steps of a study. */
import { nextTask } from '../../../../platform/next-task.ts';
import type { GpuDescription } from '../../../gpu-inspector.ts';
import type { StepsToTake, TuningWork } from '../../../engine.ts';
import {
  afterLossWith,
  choiceOf,
  withFaults,
  withReturned,
  type TunedHalves,
  type TuningRecord,
} from '../../../kernel-tuning.ts';
import type { DeviceTuner, ThrowAwaySteps } from '../../../optional-operations.ts';
import { UNNAMED } from '../adapter-info.ts';
import { tileName, tilesBySize } from '../kernels/tuning.ts';
import type { Runtime } from '../runtime.ts';
import type { Site } from './choices.ts';
import { GpuBench, stepIn, timedStep } from './gpu-bench.ts';
import { LEAST_RACE_RUNS, precisionRace } from './precision-race.ts';
import { NORMED_PRODUCTS } from './normed-product-forms.ts';
import { PRODUCTS } from './product-forms.ts';
import { boundBytes, MOST_BYTES } from './proof.ts';
import { createProver } from './prove-choice.ts';
import { sumOf } from './timings.ts';
import { formsToTry, LEAST_RUNS, Tuner, TUNING_MS, type TuningAdvance } from './tuner.ts';

/** Counts changes of kernels that matter to their speed, of how they are timed, and of what strikes a form out: what was found before is then found again. */
const KERNELS = 6;
/** Milliseconds that a kernel may take whatever the usual one takes: on a card, and where the processor computes and compiles meanwhile. */
const PATIENCE = { card: 500, software: 60_000 };
/** Of a training whose steps are long: what is found makes every later study on the device faster, for a month. */
const TRAINING_SHARE = 1 / 20;

/** What is tuned, and for how long. */
export interface TunerOptions {
  /** Also tunes adapters that compute on the processor. */
  readonly software?: boolean;
  /** Milliseconds for the forms of a precision, unless the training is long; also the most for comparing both. */
  readonly budget?: number;
}

/** Null for adapters that are not to be tuned: emulated ones, and those that do not say what they are. */
function keyOf(
  { software, name, vendor, architecture, features, limits }: GpuDescription,
  also: boolean,
): string | null {
  const says = [vendor, architecture, name === UNNAMED ? '' : name].filter(Boolean);
  if ((software && !also) || says.length === 0) return null;
  const { maxComputeInvocationsPerWorkgroup: threads, maxComputeWorkgroupStorageSize: bytes } = limits;
  return [`kernels ${KERNELS}`, ...says, [...features].sort().join(' '), `${threads} threads`, `${bytes} bytes`].join(
    ' | ',
  );
}

export function createDeviceTuner(
  runtime: Runtime,
  description: GpuDescription,
  { software = false, budget = TUNING_MS }: TunerOptions = {},
): DeviceTuner {
  const key = keyOf(description, software);
  const patience = description.software ? PATIENCE.software : PATIENCE.card;
  return {
    key,
    choose: (choice) => runtime.choices.choose(choice),
    get chosen() {
      return runtime.choices.present;
    },
    prove: createProver(runtime, patience),
    bySize: tilesBySize(description).map((tile) => ({
      [PRODUCTS.id]: tileName(tile),
      [NORMED_PRODUCTS.id]: tileName(tile),
    })),
    tune(steps, known, keep, halves = null) {
      const record = recordOf(key ?? '', description.name, known);
      return new Work(runtime, steps, record, keep, budget, patience, halves);
    },
  };
}

/** What is known so far. */
const recordOf = (key: string, device: string, known: TuningRecord | null): TuningRecord =>
  known?.key === key ? known : { version: 1, key, device, date: new Date().toISOString(), sites: {}, faults: {} };

class Work implements TuningWork {
  private progress: AsyncGenerator<TuningAdvance, void> | null = null;
  private tuner: Tuner | null = null;
  private bench: GpuBench | null = null;
  /** The study's own. */
  private own: StepsToTake = { milliseconds: 0, count: 0 };
  private isDone = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly steps: ThrowAwaySteps,
    private record: TuningRecord,
    private readonly keep: (record: TuningRecord) => Promise<void>,
    private readonly usualBudget: number,
    private readonly patience: number,
    private readonly halves: { readonly name: string; readonly steps: ThrowAwaySteps } | null,
  ) {}

  get isWaiting(): boolean {
    return !this.isDone && this.bench?.isCompiling === true;
  }

  async slice(milliseconds: number, own: StepsToTake): Promise<boolean> {
    if (this.isDone) return true;
    this.own = own;
    const from = performance.now();
    try {
      this.progress ??= this.all();
      do {
        const { value, done } = await this.progress.next();
        if (done) {
          await this.finish();
          return true;
        }
        if (value === 'waits') {
          await nextTask(); // The compiler reports by events.
          return false;
        }
      } while (performance.now() - from < milliseconds);
      return false;
    } catch {
      // Whatever is wrong with the device is told by the study's next step. What was found so far is kept.
      await this.finish();
      return true;
    }
  }

  end(): void {
    if (this.isDone) return;
    this.isDone = true;
    this.bench?.free();
    this.steps.dispose();
    this.halves?.steps.dispose();
  }

  private async *all(): AsyncGenerator<TuningAdvance, void> {
    yield* this.tuned(this.steps);
    if (!this.halves || this.record.halves?.[this.halves.name]) return;
    const { name, steps } = this.halves;
    if (!(yield* this.tuned(steps)) || !this.hasTimeFor(LEAST_RACE_RUNS, steps)) return;
    const found = yield* this.race(steps);
    const date = new Date().toISOString();
    this.record = { ...this.record, halves: { ...this.record.halves, [name]: { ...found, date } } };
  }

  /** Milliseconds. */
  private get budget(): number {
    const { milliseconds, count } = this.own;
    return Math.max(this.usualBudget, TRAINING_SHARE * milliseconds * count);
  }

  /** Whether so many runs fit into the time, by what steps of the study take. */
  private hasTimeFor(runs: number, { count }: ThrowAwaySteps): boolean {
    return runs * count * this.own.milliseconds <= this.budget;
  }

  /** Forms of the kernels of these steps. One step shows which sites there are. @returns whether there was time for it */
  private async *tuned(steps: ThrowAwaySteps): AsyncGenerator<TuningAdvance, boolean> {
    if (!this.hasTimeFor(LEAST_RUNS, steps)) return false;
    const { done, sites } = stepIn(this.runtime, {}, () => steps.run());
    await done;
    const asked = sites.map((site) => this.withOpenForms(site)).filter((site) => this.isOpen(site));
    if (asked.length === 0) return true;
    this.bench?.free();
    this.bench = new GpuBench(this.runtime, {
      step: () => steps.run(),
      sites: asked,
      patience: this.patience,
      onFirst: (suspect) => this.save({ suspect }),
      onReturn: () => this.save({}),
      onLoss: (forms) => this.lostWith(forms),
      alone: this.record.lost,
    });
    this.absorb();
    this.tuner = new Tuner(this.bench, asked, Object.entries(this.record.faults), this.budget);
    yield* this.tuner.work();
    return true;
  }

  /** Both precisions with the fastest forms that are known for each. */
  private race(halves: ThrowAwaySteps): AsyncGenerator<TuningAdvance, TunedHalves> {
    this.absorb();
    const forms = choiceOf(this.record);
    return precisionRace(
      {
        now: () => performance.now(),
        step: async (precision) => {
          const steps = precision === 'f16' ? halves : this.steps;
          const { times, whole, result } = await timedStep(this.runtime, forms, () => steps.run());
          return {
            milliseconds: times ? sumOf(times.map(({ milliseconds }) => milliseconds)) : whole,
            answers: result,
          };
        },
      },
      this.budget,
    );
  }

  /** With the forms that are still to be tried. */
  private withOpenForms(site: Site): Site {
    const { sites, faults } = this.record;
    const known = (sites as Partial<TuningRecord['sites']>)[site.id];
    return { ...site, others: formsToTry(site, known, (key) => key in faults) };
  }

  private isOpen({ usual, others, launch }: Site): boolean {
    return others.length > 0 && boundBytes(launch(usual)) <= MOST_BYTES;
  }

  private async finish(): Promise<void> {
    this.end();
    await this.lostWith([...(this.tuner?.lost ?? [])]);
  }

  /** Holds the loss of the device against these forms, and keeps what is known. */
  private async lostWith(forms: readonly string[]): Promise<void> {
    for (const form of forms) this.record = afterLossWith(this.record, form);
    await this.save({}).catch(() => {}); // There may be no room: then it is measured again.
  }

  /** Takes what the tuner has found so far into the record. */
  private absorb(): void {
    const { tuner, record } = this;
    const date = new Date().toISOString();
    const before = record.sites as Partial<TuningRecord['sites']>;
    const found = [...(tuner?.sites ?? [])].map(([id, site]) => {
      const others = site.others && { others: { ...before[id]?.others, ...site.others } };
      return [id, { ...site, ...others, date }] as const;
    });
    const measured = { ...record, date, sites: { ...record.sites, ...Object.fromEntries(found) } };
    this.record = withReturned(withFaults(measured, tuner?.faults ?? [], date), tuner?.returned ?? new Set());
  }

  private save(suspect: Pick<TuningRecord, 'suspect'>): Promise<void> {
    this.absorb();
    return this.keep({ ...this.record, ...suspect });
  }
}

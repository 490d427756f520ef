/** Times training steps on a GPU, with kernels in the forms that a tuner asks for. */
import { DeviceLostError } from '../../../errors.ts';
import { faultKey, type Fault, type FormWatch, type KernelChoice } from '../../../kernel-tuning.ts';
import type { Runtime } from '../runtime.ts';
import type { Site } from './choices.ts';
import { dispatchesOf } from './forms.ts';
import { Proof } from './proof.ts';
import { sumOf } from './timings.ts';
import type { Bench, StepTimes } from './tuner.ts';

/** Forms that are compiled at a time in the background. Where the browser compiles in the order in which it is asked, the study's next step waits for no more than these. */
const MOST_COMPILING = 3;

export interface GpuBenchOptions extends Pick<FormWatch, 'onFirst'>, Partial<Pick<FormWatch, 'onReturn'>> {
  /** When the device was lost while these forms were compiled in the background; as in the faults of a record. */
  readonly onLoss?: (forms: readonly string[]) => Promise<void>;
  /** Forms that are compiled after all others, one at a time: if the device is lost again, it is known with which. */
  readonly alone?: readonly string[];
  /** Makes a step that counts for nothing. It records everything before it waits. */
  readonly step: () => Promise<unknown>;
  readonly sites: readonly Site[];
  /** Milliseconds that a kernel may take. */
  readonly patience: number;
}

/** Runs a step in these forms, and names its sites. */
export function stepIn<R>(runtime: Runtime, forms: KernelChoice, step: () => Promise<R>) {
  const { choices } = runtime;
  const { present } = choices;
  choices.choose(forms);
  try {
    const { result, sites } = choices.noting(step);
    return { done: result, sites };
  } finally {
    choices.choose(present);
  }
}

/** Times a step in these forms: by the clock, and of every dispatch where the GPU measures. */
export async function timedStep<R>(runtime: Runtime, forms: KernelChoice, step: () => Promise<R>) {
  const { counter } = runtime;
  const timer = await counter.createTimer();
  const counted = counter.take();
  const from = performance.now();
  counter.timer = timer;
  let done: Promise<R>;
  try {
    ({ done } = stepIn(runtime, forms, step));
  } finally {
    counter.timer = null;
  }
  const result = await done;
  const whole = performance.now() - from;
  const times = await counter.timesOf(timer);
  counter.restore(counted);
  return { times, whole, result };
}

/** A form of a site that is to be compiled. */
interface Turn {
  readonly site: Site;
  readonly form: string;
}

const keyOf = ({ site: { family }, form }: Turn): string => faultKey(family, form);

export class GpuBench implements Bench {
  private readonly sites: ReadonlyMap<string, Site>;
  private readonly failed = new Set<string>();
  private readonly ran = new Set<string>();
  /** Forms that wait for their turn to be compiled. */
  private waiting: Turn[] = [];
  /** Forms that are compiled when no other is. */
  private last: Turn[] = [];
  /** Forms that are being compiled in the background. */
  private readonly compiling = new Set<Turn>();
  private isLost = false;
  private proof: { readonly site: string; readonly proof: Proof } | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly options: GpuBenchOptions,
  ) {
    this.sites = new Map(options.sites.map((site) => [site.id, site]));
  }

  now(): number {
    return performance.now();
  }

  get isCompiling(): boolean {
    return this.compiling.size > 0;
  }

  async step(forms: KernelChoice): Promise<StepTimes> {
    this.freeProof();
    const { times, whole } = await timedStep(this.runtime, forms, this.options.step);
    if (!times) return { sites: null, whole };
    const timesOf = new Map<string, number[]>();
    const flops = new Map<string, number>();
    for (const { command, milliseconds } of times) {
      const { site, cost } = command;
      if (site === null) continue;
      flops.set(site, (flops.get(site) ?? 0) + cost.flops);
      const known = timesOf.get(site);
      if (known) known.push(milliseconds);
      else timesOf.set(site, [milliseconds]);
    }
    return { sites: new Map([...timesOf].map(([site, ofSite]) => [site, sumOf(ofSite)])), whole, flops };
  }

  compile(id: string, forms: readonly string[]): void {
    const site = this.siteOf(id);
    for (const form of forms) {
      const turn = { site, form };
      (this.isAlone(turn) ? this.last : this.waiting).push(turn);
    }
    this.compileNext();
  }

  private isAlone(turn: Turn): boolean {
    return this.options.alone?.includes(keyOf(turn)) ?? false;
  }

  /** Compiles forms of a site side by side; resolves also where one does not compile. @throws DeviceLostError when the device is lost, or its compiler comes to no end */
  async whenCompiled(id: string, forms: readonly string[]): Promise<void> {
    const site = this.siteOf(id);
    await Promise.all(forms.map((form) => this.whenFormCompiled(site, form)));
  }

  private async whenFormCompiled(site: Site, form: string): Promise<void> {
    try {
      await this.runtime.compile(dispatchesOf(site.launch(form)).map(({ kernel }) => kernel));
    } catch (error) {
      if (error instanceof DeviceLostError) throw error; // it does not say with which form
      this.failed.add(`${site.id} ${form}`);
    }
  }

  /** Begins to compile what waits, as much as may be compiled at a time. */
  private compileNext(): void {
    while (this.compiling.size < MOST_COMPILING && ![...this.compiling].some((turn) => this.isAlone(turn))) {
      const next = this.waiting.shift() ?? (this.compiling.size === 0 ? this.last.shift() : undefined);
      if (!next) return;
      void this.compileInBackground(next);
    }
  }

  private async compileInBackground(turn: Turn): Promise<void> {
    this.compiling.add(turn);
    try {
      await this.whenFormCompiled(turn.site, turn.form);
    } catch {
      await this.giveUp(); // the device is lost, which the next step tells
    } finally {
      this.compiling.delete(turn);
    }
    this.compileNext();
  }

  private async giveUp(): Promise<void> {
    const isFirst = !this.isLost;
    this.isLost = true;
    this.drop();
    // A form that is compiled for several sites is named once: named twice, it would count as two losses.
    if (isFirst) await this.options.onLoss?.([...new Set([...this.compiling].map(keyOf))]);
  }

  async prove(id: string, form: string): Promise<Fault | null> {
    if (this.failed.has(`${id} ${form}`)) return 'compile';
    const site = this.siteOf(id);
    const key = faultKey(site.family, form);
    if (this.proof?.site !== id) {
      this.freeProof();
      this.proof = { site: id, proof: new Proof(this.runtime, site) };
    }
    const isFirst = !this.ran.has(key);
    const { patience, onFirst, onReturn } = this.options;
    const onLaunch = async (): Promise<void> => {
      this.ran.add(key);
      if (isFirst) await onFirst(key);
    };
    const counted = this.runtime.counter.take();
    const fault = await this.proof.proof.faultOf(form, patience, onLaunch);
    this.runtime.counter.restore(counted);
    if (isFirst && fault !== 'lost') await onReturn?.();
    return fault;
  }

  free(): void {
    this.drop();
    this.freeProof();
  }

  /** Compiles nothing more. */
  private drop(): void {
    this.waiting = [];
    this.last = [];
  }

  private freeProof(): void {
    this.proof?.proof.free();
    this.proof = null;
  }

  private siteOf(id: string): Site {
    const site = this.sites.get(id);
    if (!site) throw new Error(`There is no site ${id}.`);
    return site;
  }
}

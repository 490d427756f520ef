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

export class GpuBench implements Bench {
  private readonly sites: ReadonlyMap<string, Site>;
  private readonly failed = new Set<string>();
  private readonly ran = new Set<string>();
  /** Forms that wait for their turn to be compiled. */
  private waiting: { readonly site: Site; readonly form: string }[] = [];
  private compiling = 0;
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
    return this.compiling > 0;
  }

  async step(forms: KernelChoice): Promise<StepTimes> {
    this.freeProof();
    const { times, whole } = await timedStep(this.runtime, forms, this.options.step);
    if (!times) return { sites: null, whole };
    const timesOf = new Map<string, number[]>();
    for (const { command, milliseconds } of times) {
      if (command.site === null) continue;
      const known = timesOf.get(command.site);
      if (known) known.push(milliseconds);
      else timesOf.set(command.site, [milliseconds]);
    }
    return { sites: new Map([...timesOf].map(([site, ofSite]) => [site, sumOf(ofSite)])), whole };
  }

  compile(id: string, forms: readonly string[]): void {
    const site = this.siteOf(id);
    this.waiting.push(...forms.map((form) => ({ site, form })));
    const turns = Math.min(MOST_COMPILING - this.compiling, this.waiting.length);
    for (let turn = 0; turn < turns; turn++) void this.compileInTurn();
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
      if (error instanceof DeviceLostError) throw error; // it says nothing of the form
      this.failed.add(`${site.id} ${form}`);
    }
  }

  /** Compiles what waits, one after the other. */
  private async compileInTurn(): Promise<void> {
    this.compiling++;
    try {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift())
        await this.whenFormCompiled(next.site, next.form);
    } catch {
      this.waiting = []; // the device is lost, which the next step tells
    } finally {
      this.compiling--;
    }
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
    this.waiting = [];
    this.freeProof();
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

/** Completed and remaining work: the basis of the estimated time. */
import { sum, times, type StudyWork, type Work } from './work.ts';

/** Passes per second until some are measured. */
const ASSUMED_RATE = 1000;

/**
 * Keeps the time of a study. Remaining passes cost what passes have cost so far. Remaining algebra costs its assumed time, scaled by measurements. The current
 * phase relies more and more on its own speed. `now` is injected: seconds.
 */
export class StudyClock {
  private readonly start: number;
  private readonly total: Work;
  private phase: keyof StudyWork = 'train';
  private share = 0;
  /** Seconds when the phase began. */
  private began = 0;
  /** Seconds at the last advance. */
  private last = 0;
  private pausedFor = 0;
  /** Measured algebra: its assumed seconds, and its actual ones. */
  private assumed = 0;
  private measured = 0;

  constructor(
    private readonly work: StudyWork,
    private readonly now: () => number,
    /** Seconds spent on the study before it was interrupted. */
    spent = 0,
  ) {
    this.start = now() - spent;
    this.total = sum(Object.values(work));
  }

  /** Sets the completed share of a phase; phases run in the order of StudyWork. */
  advance(phase: keyof StudyWork, share: number): void {
    if (phase !== this.phase) this.began = this.last;
    this.phase = phase;
    this.share = share;
    this.last = this.seconds;
  }

  /** Reports how long a piece of algebra took. @param assumed its Work.algebra */
  tookAlgebra(assumed: number, seconds: number): void {
    this.assumed += assumed;
    this.measured += seconds;
  }

  /** Seconds that work will take at the speeds seen so far. */
  cost({ passes: count, algebra }: Work): number {
    const { passes: done } = this.done;
    const perPass = done > 0 ? Math.max(0, this.seconds - this.measured) / done : 1 / ASSUMED_RATE;
    return count * perPass + algebra * (this.assumed > 0 ? this.measured / this.assumed : 1);
  }

  private get done(): Work {
    const phases = Object.keys(this.work) as (keyof StudyWork)[];
    const before = phases.slice(0, phases.indexOf(this.phase)).map((phase) => this.work[phase]);
    return sum([...before, times(this.share, this.work[this.phase])]);
  }

  /** Excludes waiting time (a pause) from the estimate. */
  async excluding<R>(wait: Promise<R>): Promise<R> {
    const from = this.now();
    try {
      return await wait;
    } finally {
      this.pausedFor += this.now() - from;
    }
  }

  get seconds(): number {
    return this.now() - this.start - this.pausedFor;
  }

  /** Training images per second so far; null at the start. */
  rate(images: number): number | null {
    return this.seconds > 0 ? images / this.seconds : null;
  }

  /** Null until two per cent of the passes are done. */
  get remainingSeconds(): number | null {
    const { done, total, share } = this;
    if (done.passes < 0.02 * total.passes) return null;
    const left = { passes: total.passes - done.passes, algebra: Math.max(0, total.algebra - done.algebra) };
    const ofPhase = this.cost(times(1 - share, this.work[this.phase]));
    const later = Math.max(0, this.cost(left) - ofPhase);
    const bySpeed = share > 0 ? ((this.seconds - this.began) * (1 - share)) / share : ofPhase;
    return later + share * bySpeed + (1 - share) * ofPhase;
  }
}

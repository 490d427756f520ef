/** Controls a running study from outside: pause, single step and stop. */
import { breather } from '../../platform/next-task.ts';

/** The user ended the study; completed work is kept. */
export class StudyStopped extends Error {
  override readonly name = 'StudyStopped';
}

/**
 * The runner awaits `checkpoint` between units of work: it resolves at once while running, waits while paused, and rejects with
 * StudyStopped once stopped.
 */
export class StudyControl {
  private paused = false;
  private credits = 0;
  private wake: (() => void)[] = [];
  private readonly abort = new AbortController();
  private readonly hear = breather();

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.credits = 0;
    this.release();
  }

  /** Lets one more unit of work pass while paused. */
  step(): void {
    this.paused = true;
    this.credits++;
    this.release();
  }

  stop(): void {
    this.abort.abort(new StudyStopped('The study was stopped.'));
    this.release();
  }

  /** A point to stop, not to pause: used within what a single step does as a whole. */
  async breathe(): Promise<void> {
    await this.hear();
    this.signal.throwIfAborted();
  }

  /** @param onPause called before it waits */
  async checkpoint(onPause?: () => Promise<void>): Promise<void> {
    await this.breathe();
    if (this.paused && this.credits === 0) await onPause?.();
    while (this.paused && this.credits === 0) {
      await new Promise<void>((resolve) => this.wake.push(resolve));
      this.signal.throwIfAborted();
    }
    if (this.paused) this.credits--;
  }

  private release(): void {
    const waiting = this.wake;
    this.wake = [];
    waiting.forEach((resolve) => resolve());
  }
}

/**
 * Keeps training steps in flight, so that the device computes one while the host prepares the next. The news that a step is done may take as long as several
 * steps (`mapAsync` of a card: 5 to 15 ms), and a card must not wait for them: how many are in flight follows what the device shows.
 */
import type { EngineInfo } from '../../engine/engine.ts';

/** One on the device, one in its queue, one in preparation. */
const LEAST = 3;
/** On a card. A run that diverges, a pause and a stop are noticed so many steps late at most. */
const MOST_ON_A_CARD = 8;
/** First steps that go one by one on a card: they show how long the news takes. */
const PROBES = 3;
/** Steps of which the rate and the way of the news are known. */
const WINDOW = 8;

/** Most steps in flight on a device. */
export const mostInFlight = ({ backend, software }: Pick<EngineInfo, 'backend' | 'software'>): number =>
  backend === 'webgpu' && !software ? MOST_ON_A_CARD : LEAST;

export class StepsInFlight {
  private readonly started: Promise<void>[] = [];
  /** Milliseconds from the start to the news, of steps that found the device idle. */
  private readonly alone: number[] = [];
  /** When the news of the last steps came, without a break. */
  private news: number[] = [];
  private added = 0;

  constructor(
    private readonly most: number,
    private readonly least = Math.min(LEAST, most),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Steps that may be in flight. Where the news of a step that found the device idle takes as long as n steps at their present rate, n are under way before it
   * comes. A device that still waits makes the rate follow the number, so the number grows until the device does not.
   */
  get limit(): number {
    const { most, least, news } = this;
    if (most === least) return least;
    if (this.added <= PROBES) return 0;
    if (news.length < 3) return least;
    const interval = (news[news.length - 1] - news[0]) / (news.length - 1);
    const wanted = Math.ceil(Math.min(...this.alone) / Math.max(interval, Number.EPSILON)) + 1;
    return Math.max(least, Math.min(most, wanted));
  }

  /** Adds a step; waits while more than `limit` are in flight. Rejects with the first failure. */
  async add(step: Promise<void>): Promise<void> {
    const isAlone = this.started.length === 0;
    const begun = this.now();
    if (isAlone) this.news = [];
    step.then(
      () => {
        const at = this.now();
        if (isAlone) keep(this.alone, at - begun);
        keep(this.news, at);
      },
      () => {}, // Reported where it is awaited.
    );
    this.started.push(step);
    this.added++;
    while (this.started.length > this.limit) await this.started.shift();
  }

  /** Waits for all of them, in order. */
  async settle(): Promise<void> {
    while (this.started.length > 0) await this.started.shift();
  }
}

function keep(values: number[], value: number): void {
  values.push(value);
  if (values.length > WINDOW) values.shift();
}

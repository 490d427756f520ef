/**
 * Keeps training steps in flight, so that the device computes one while the host prepares the next. The news that a step is done may take as long as several
 * steps (`mapAsync` of a card: 5 to 15 ms), and a card must not wait for them: how many are in flight, and of how many the news comes at once, follows what the
 * device shows.
 */
import { isCard, isOwn } from '../../../engine/backends.ts';
import type { EngineInfo } from '../../../engine/engine.ts';

/** One on the device, one in its queue, one in preparation. */
const LEAST = 3;
/** On a card. A run that diverges is noticed so many steps late at most. */
const MOST_ON_A_CARD = 12;
/** Of a few steps in flight one is read by itself, of many no more than these together: the others are under way meanwhile. */
const MOST_TOGETHER = 4;
/** First steps that go one by one on a card: they show how long the news takes. */
const PROBES = 3;
/** News of which the rate and the way are known. */
const WINDOW = 8;

/** Most steps in flight on a device. */
export const mostInFlight = (info: Pick<EngineInfo, 'backend' | 'software'>): number =>
  isCard(info) && isOwn(info) ? MOST_ON_A_CARD : LEAST;

interface News {
  /** Milliseconds. */
  readonly at: number;
  /** Steps that it tells of. */
  readonly steps: number;
}

export class StepsInFlight {
  private readonly started: Promise<void>[] = [];
  /** Milliseconds from the start to the news, of steps that found the device idle. */
  private readonly alone: number[] = [];
  /** The last news, without a break. */
  private news: News[] = [];
  /** The last steps in flight, whose news comes with that of a later one. */
  private unread = 0;
  private added = 0;

  /** @param bring fetches the news of all steps that are in flight */
  constructor(
    private readonly most: number,
    private readonly bring: () => void = () => {},
    private readonly least = Math.min(LEAST, most),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Steps, at their present rate, that the news of one takes which found the device idle: as many are under way before it comes. A device that still waits makes the
   * rate follow the number of steps in flight, so the number grows until the device does not. Null: not known yet.
   */
  private get way(): number | null {
    const { news, milliseconds } = this;
    const [first, ...others] = news;
    if (others.length < 2) return null;
    const steps = others.reduce((sum, { steps }) => sum + steps, 0);
    const interval = (news[news.length - 1].at - first.at) / steps;
    return Math.ceil(milliseconds / Math.max(interval, Number.EPSILON));
  }

  /** Milliseconds of a step that found the device idle, with its news; 0: there was none. */
  get milliseconds(): number {
    return this.alone.length > 0 ? Math.min(...this.alone) : 0;
  }

  /** Steps whose news comes together: no more than pass meanwhile anyway. */
  get together(): number {
    const { way, most, least } = this;
    if (most === least || way === null) return 1;
    return Math.max(1, Math.min(MOST_TOGETHER, Math.floor(way / 2), Math.floor(most / 3)));
  }

  /** Steps that may be in flight: those that pass until the news of one comes, and those of which it tells. */
  get limit(): number {
    const { most, least, way } = this;
    if (most === least) return least;
    if (this.added <= PROBES) return 0;
    return way === null ? least : Math.max(least, Math.min(most, way + this.together));
  }

  /**
   * Starts a step; waits while more than `limit` are in flight. Rejects with the first failure.
   * @param start is told whether the news of the step may come with that of a later one
   */
  async add(start: (readsLater: boolean) => Promise<void>): Promise<void> {
    const isAlone = this.started.length === 0;
    if (isAlone) this.news = [];
    const readsLater = !isAlone && this.unread + 1 < this.together;
    const steps = this.unread + 1;
    this.unread = readsLater ? steps : 0;
    const begun = this.now();
    const step = start(readsLater);
    step.then(
      () => {
        const at = this.now();
        if (isAlone) keep(this.alone, at - begun);
        if (!readsLater) keep(this.news, { at, steps });
      },
      () => {}, // Reported where it is awaited.
    );
    this.started.push(step);
    this.added++;
    while (this.started.length > this.limit) {
      // Who waits for the unread ones needs their news.
      if (this.started.length <= this.unread) this.fetch();
      await this.started.shift();
    }
  }

  /** Waits for all of them, in order. */
  async settle(): Promise<void> {
    this.fetch();
    while (this.started.length > 0) await this.started.shift();
  }

  private fetch(): void {
    if (this.unread > 0) this.bring();
    this.unread = 0;
  }
}

function keep<T>(values: T[], value: T): void {
  values.push(value);
  if (values.length > WINDOW) values.shift();
}

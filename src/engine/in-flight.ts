/**
 * How long pieces of work take where the news that they are done takes a while: on a card 5 to 15 ms, in Firefox 100. Training does not wait for the news of each step, so a
 * measurement must not either.
 */

/** A warm run, in seconds. */
export interface Run {
  readonly pieces: number;
  /** Of one piece alone. */
  readonly lone: number;
  /** Of all pieces together, this time; `lone` is the usual one. */
  readonly all: number;
}

/** Seconds of a piece among others in flight: what each further one adds. The way of the news, which one alone takes as well, drops out. */
export const secondsAmong = ({ pieces, lone, all }: Run): number =>
  pieces > 1 && all > lone ? (all - lone) / (pieces - 1) : all / pieces;

/** Each try has so many times the pieces of the one before. */
export const GROWTH = 4;
/** Seconds of a piece alone beside which the way of the news is little. */
const LONG = 0.3;

/** How often a short piece alone is measured again. */
const LONE_AGAIN = 2;

interface Measured {
  /** Starts so many pieces, and waits for all of them. */
  readonly run: (pieces: number) => Promise<unknown>;
  /** Seconds that pieces together have to last beyond one alone. */
  readonly enough: number;
  /** Pieces in flight at most. */
  readonly most: number;
}

/** Seconds of a piece among others in flight. Pieces that last long are measured alone. */
export async function measureInFlight({ run, enough, most }: Measured): Promise<number> {
  const timed = async (pieces: number): Promise<number> => {
    const from = performance.now();
    await run(pieces);
    return (performance.now() - from) / 1000;
  };
  let lone = await timed(1);
  // One that was disturbed would make the others look fast.
  for (let again = 0; again < LONE_AGAIN && lone < LONG; again++) lone = Math.min(lone, await timed(1));
  let [pieces, all] = [1, lone];
  while (lone < LONG && all - lone < enough && pieces < most) {
    pieces = Math.min(most, GROWTH * pieces);
    all = await timed(pieces);
  }
  return secondsAmong({ pieces, lone, all });
}

/** Seconds of a round, by the end of which a card that was idle has other clocks, and of all of them. */
const ROUND = 0.1;
const MOST_ROUNDS_LAST = 1;
/** Rounds that differ by a smaller share agree. */
const ALIKE = 0.1;

/** Runs pieces until two rounds in a row agree, or a second has passed: a card that was idle has low clocks at first. */
export async function untilSteady({ run, most }: Pick<Measured, 'run' | 'most'>): Promise<void> {
  const start = performance.now();
  const since = (from: number): number => (performance.now() - from) / 1000;
  await run(1);
  const pieces = Math.max(1, Math.min(most, Math.floor(ROUND / since(start))));
  for (let last = Infinity; since(start) + ROUND < MOST_ROUNDS_LAST;) {
    const from = performance.now();
    let runs = 0;
    do {
      await run(pieces);
      runs++;
    } while (since(from) < ROUND);
    const each = since(from) / runs;
    if (Math.abs(each - last) < ALIKE * each) return;
    last = each;
  }
}

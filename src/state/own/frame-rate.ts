/** Frames per second over the last moments. */
const WINDOW_MS = 2000;

/** @returns a function to call at every answered frame; it gives the rate, or null until it is known */
export function frameRate(): (now: number) => number | null {
  let times: number[] = [];
  return (now) => {
    times = [...times.filter((time) => now - time <= WINDOW_MS), now];
    const span = now - times[0];
    return times.length > 2 && span > 0 ? (1000 * (times.length - 1)) / span : null;
  };
}

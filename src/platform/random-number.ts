/** A whole number that chance draws: 0, or any below the end, each as likely as the next. */
export type RandomBelow = (end: number) => number;

export const randomBelow: RandomBelow = (end) =>
  Math.floor((crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32) * end);

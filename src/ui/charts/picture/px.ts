/** Pixels as text: a tenth is finer than any screen shows. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

/** 0.003 → "3e-3", 0.05 → "0.05": learning rates as people write them. */
export function compact(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return Number(value.toPrecision(6)).toExponential();
  return String(Number(value.toPrecision(6)));
}

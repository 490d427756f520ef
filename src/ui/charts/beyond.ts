/**
 * What a figure says beyond the numbers that stand above it: where it begins with them it goes on behind them, so that nobody reads them twice, on paper
 * least of all. Empty where they are all.
 */
export function beyond(numbers: string, reading: string): string {
  const begun = numbers.replace(/\.$/, '');
  const [end, rest] = [reading.slice(begun.length, begun.length + 1), reading.slice(begun.length + 1).trimStart()];
  const goesOn = begun !== '' && reading.startsWith(begun) && (end === '.' || end === ';');
  return goesOn ? rest.slice(0, 1).toLocaleUpperCase() + rest.slice(1) : reading;
}

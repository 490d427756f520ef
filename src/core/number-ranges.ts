/**
 * Whole numbers in their order, with a range for three or more that follow one another: 0, 1, 2, 3, 7 → "0-3", "7".
 * @param dash between the first and the last number of a range
 */
export function inRanges(numbers: readonly number[], dash: string): string[] {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length;) {
    let last = i;
    while (last + 1 < numbers.length && numbers[last + 1] === numbers[last] + 1) last++;
    if (last > i + 1) parts.push(`${numbers[i]}${dash}${numbers[last]}`);
    else parts.push(...numbers.slice(i, last + 1).map(String));
    i = last + 1;
  }
  return parts;
}

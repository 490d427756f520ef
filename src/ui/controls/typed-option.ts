/** The option that typed letters lead to from the one at `from`: the same letter again leads to the next one, as in the selects of browsers. */
export function typedOption<T extends { readonly name: string }>(
  options: readonly T[],
  from: number,
  text: string,
): T | undefined {
  const isRepeated = [...text].every((letter) => letter === text[0]);
  const sought = (isRepeated ? text[0] : text).toLocaleLowerCase();
  const first = isRepeated ? from + 1 : Math.max(from, 0);
  return [...options.slice(first), ...options.slice(0, first)].find(({ name }) =>
    name.toLocaleLowerCase().startsWith(sought),
  );
}

/** Of several things that are asked for one after the other, only the newest may be shown, whichever is ready first. @returns what begins one, and then says whether it still is the newest */
export function newestOnly(): () => () => boolean {
  let begun = 0;
  return () => {
    const mine = ++begun;
    return () => mine === begun;
  };
}

/**
 * The same of what may come to nothing, and is then left as if it had not been asked for.
 * @returns what begins one that comes to nothing where `comes` is empty or rejects, and then says whether no newer one comes, once that is known
 */
export function newestThatComes(): (comes: Promise<unknown>) => () => Promise<boolean> {
  const begun: Promise<boolean>[] = [];
  return (comes) => {
    const after = begun.push(comes.then(Boolean, () => false));
    return async () => {
      for (let next = after; next < begun.length; next++) if (await begun[next]) return false;
      return true;
    };
  };
}

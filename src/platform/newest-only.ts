/** Of several things that are asked for one after the other, only the newest may be shown, whichever is ready first. @returns what begins one, and then says whether it still is the newest */
export function newestOnly(): () => () => boolean {
  let begun = 0;
  return () => {
    const mine = ++begun;
    return () => mine === begun;
  };
}

/** Resolves in a task of its own, between which and this one the browser can draw and answer presses. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

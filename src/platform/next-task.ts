/** Ends the current task, so that pending messages, drawing and input are handled first. Awaiting a settled promise would not do that. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

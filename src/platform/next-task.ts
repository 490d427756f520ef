/** Ends the current task: what waits (messages, drawing, presses) comes first. Awaiting a settled promise would not let it. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

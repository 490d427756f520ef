/** How long a test waits for what the code under test does in its own time: vitest's second is short on a machine that does ten other things; and how often it looks. Milliseconds. */
export const PATIENT = { timeout: 60_000, interval: 10 };

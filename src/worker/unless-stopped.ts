/** What the answer to a question comes to; null where the signal stopped it. @throws what the work throws, unless it was stopped */
export async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
  if (signal.aborted) return null;
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

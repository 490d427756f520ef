/** Whether an error says that the device has no room left, in a browser or in Node. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'QuotaExceededError' || (error as NodeJS.ErrnoException).code === 'ENOSPC');

/** Scopes for all errors that a GPUDevice reports. They nest: an error goes to the innermost. */

/** Between them, all errors that there are: internal ones are those of drivers and their compilers. */
const SCOPES: readonly GPUErrorFilter[] = ['out-of-memory', 'validation', 'internal'];

export function openScopes(device: GPUDevice): void {
  for (const kind of SCOPES) device.pushErrorScope(kind);
}

/** Ends the scopes that were opened last. @returns their errors, once they are known */
export async function closeScopes(device: GPUDevice): Promise<GPUError[]> {
  // Some browsers reject them on a lost device, which tells its loss itself.
  const scopes = SCOPES.map(() => device.popErrorScope().catch(() => null));
  return (await Promise.all(scopes)).filter((error) => error !== null);
}

/**
 * Asks the device for what a study can do without: what is refused of it is told to who asked, and not to who reads the next result.
 * @param ask makes objects, and waits for nothing
 */
export function askedApart<T>(device: GPUDevice, ask: () => T): { result: T; errors: Promise<GPUError[]> } {
  openScopes(device);
  try {
    return { result: ask(), errors: closeScopes(device) };
  } catch (error) {
    void closeScopes(device);
    throw error;
  }
}

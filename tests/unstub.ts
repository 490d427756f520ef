/** What one file of tests puts in the place of a global or of the environment is gone when its tests have ended: other files share its process. */
import { afterAll, vi } from 'vitest';

afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** What one file of tests puts in the place of a global, of a method (vi.spyOn) or of the environment is gone when its tests have ended: other files share its process. */
import { afterAll, vi } from 'vitest';

afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** Sites whose kernels are wrong, for the tests of proofs. */
import type { Site } from './choices.ts';

/** The site with changed code in all forms but the usual one. */
export const changedTo = (site: Site, change: (code: string) => string): Site => ({
  ...site,
  launch: (form) => {
    const launch = site.launch(site.usual);
    if (form === site.usual) return launch;
    const code = change(launch.kernel.code);
    return { ...launch, kernel: { ...launch.kernel, key: `${launch.kernel.key} ${code}`, code } };
  },
});

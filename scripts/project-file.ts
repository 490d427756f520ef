/** Files that the commands bring along, wherever they are called from. */
import path from 'node:path';

/** A file of the project, or of the installed package: the code lies one folder below. */
export const projectFile = (...parts: readonly string[]): string => path.join(import.meta.dirname, '..', ...parts);

/** A file that the page offers: backbones, artwork. The installed package has them beside the built page. */
export const publicFile = (...parts: readonly string[]): string =>
  projectFile(import.meta.env.PACKAGED ? 'page' : 'public', ...parts);

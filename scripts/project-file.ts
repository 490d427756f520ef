/** Files that belong to the project, wherever its commands are called from. */
import path from 'node:path';

/** The path of a file of the project, or of the installed package: both keep `public/` one folder above the code. */
export const projectFile = (...parts: readonly string[]): string => path.join(import.meta.dirname, '..', ...parts);

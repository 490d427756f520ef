/** Whether a module is the program that Node runs, and not one that is imported. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @param {string} url import.meta.url of the module. Node takes it from the file itself, whatever links the program was called through. */
export function isProgram(url) {
  try {
    return realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));
  } catch {
    return false; // no file: the code of node -e
  }
}

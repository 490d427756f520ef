/** Files of the project, for tests. In a browser tests/browser/disk.ts reads them. */
import { readBytes } from './disk.ts';

export { filesIn, readBytes } from './disk.ts';

export const readText = (path: string): string => new TextDecoder().decode(readBytes(path));

export const readJsonFile = (path: string): unknown => JSON.parse(readText(path));

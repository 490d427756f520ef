/** For tests: the built atlas, from disk. */
import { readBytes } from '../../../tests/support/files.ts';

export const readBuiltAtlas = async (file: string): Promise<ArrayBuffer> => readBytes(`public/atlas/${file}`).buffer;

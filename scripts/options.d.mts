import type { parseArgs, ParseArgsConfig } from 'node:util';

/**
 * The options of a command, as parseArgs reads them. Every command has --help: it prints the usage and ends.
 * @throws Error with what is wrong, and the usage
 */
export function optionsOf<const T extends ParseArgsConfig>(usage: string, config?: T): ReturnType<typeof parseArgs<T>>;

import type { parseArgs, ParseArgsConfig } from 'node:util';

type ParsedOption = NonNullable<ParseArgsConfig['options']>[string];

/** One of parseArgs. */
export interface CommandOption extends ParsedOption {
  /** What it does, for --help. */
  readonly about: string;
}

/** What is typed does not fit a command, which has not begun. Commands end with 2 then, as shells' own do. */
export class UsageError extends Error {}

export interface CommandConfig extends ParseArgsConfig {
  readonly options?: Readonly<Record<string, CommandOption>>;
}

/**
 * The options of a command, as parseArgs reads them. Every command has --help: it prints the usage and what the options do, and ends.
 * @throws UsageError with what is wrong, and the usage
 */
export function optionsOf<const T extends CommandConfig>(usage: string, config?: T): ReturnType<typeof parseArgs<T>>;

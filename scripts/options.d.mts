import type { parseArgs, ParseArgsConfig } from 'node:util';

type ParsedOption = NonNullable<ParseArgsConfig['options']>[string];

/** One of parseArgs. */
export interface CommandOption extends ParsedOption {
  /** What it does, for --help. */
  readonly about: string;
}

/** What is typed does not fit a command. */
export class UsageError extends Error {}

/** With what a command ends that failed, as shells' own do: 2 where what is typed does not fit it, otherwise 1. */
export function statusOf(error: unknown): number;

/** Ends a program that cannot begin, or go on, with what is wrong. */
export function endWith(error: unknown): never;

export interface CommandConfig extends ParseArgsConfig {
  readonly options?: Readonly<Record<string, CommandOption>>;
}

/**
 * The options of a command, as parseArgs reads them. Every command has --help: it prints the usage and what the options do, and ends.
 * @throws UsageError with what is wrong, and the usage
 */
export function optionsOf<const T extends CommandConfig>(usage: string, config?: T): ReturnType<typeof parseArgs<T>>;

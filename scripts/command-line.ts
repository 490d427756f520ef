/** What the commands share: how they are called, and how they end. */
import { errorText } from '../src/core/error-text.ts';
import { printable } from '../src/core/one-line.ts';
import { Unreached } from '../src/platform/http/retry.ts';
import { statusOf } from './options.mjs';

/** As a reader types it: in a copy of the project, or where the command was installed or brought, which the bundle knows. */
export const invocation = (command: string): string =>
  import.meta.env.PACKAGED ? `${import.meta.env.PACKAGED}${command}` : `npm run ${command} --`;

/** With what shells say that Ctrl-C ended a command. */
const STOPPED = 130;

/** The reader stopped a command before it was done. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** What commands print names files of others, and quotes from them: nothing of that steers the terminal. */
export function guardTerminal(terminal: Pick<Console, 'log' | 'warn' | 'error'>): void {
  for (const method of ['log', 'warn', 'error'] as const) {
    const print = terminal[method].bind(terminal);
    terminal[method] = (...said: readonly unknown[]) =>
      print(...said.map((part) => (typeof part === 'string' ? printable(part) : part)));
  }
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** What to do where a server was not reached because of a proxy that programs are told by the environment; null: that is not why. */
export function proxyAdvice(error: unknown, environment: NodeJS.ProcessEnv = process.env): string | null {
  if (!(error instanceof Unreached)) return error instanceof Error ? proxyAdvice(error.cause, environment) : null;
  const proxy = PROXIES.find((name) => environment[name]);
  if (proxy === undefined || environment.NODE_USE_ENV_PROXY) return null;
  return `${proxy} names a proxy. Node uses it only where NODE_USE_ENV_PROXY=1 is set, and from version 22.21 or 24 on.`;
}

/** Whoever stops reading what a command prints, as `| head` does, ends the printing and not the work. */
export function outliveReaders(streams: readonly NodeJS.EventEmitter[]): void {
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

/** Runs a command to its end. An error is told in its own words, without a stack. */
export function runMain(main: () => Promise<void>): void {
  guardTerminal(console);
  outliveReaders([process.stdout, process.stderr]);
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error([errorText(error), proxyAdvice(error)].filter((line) => line !== null).join('\n'));
      process.exit(error instanceof StoppedError ? STOPPED : statusOf(error));
    },
  );
}

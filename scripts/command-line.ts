/** What the commands share: how they are called, and how they end. */
import { errorText } from '../src/core/error-text.ts';

/** As a reader types it: in a copy of the project, or with the installed package. */
export const invocation = (command: string): string =>
  import.meta.env.PACKAGED ? `copra-playground ${command}` : `npm run ${command} --`;

/** Ends a command that the reader stopped before it was done: with 130, as shells say of a program that Ctrl-C ended. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** Runs a command to its end. An error is told in its own words, without a stack. */
export function runMain(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(errorText(error));
      process.exit(error instanceof StoppedError ? 130 : 1);
    },
  );
}

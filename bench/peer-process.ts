/** A contender in a process of its own, which answers lines with JSON and says what each answer cost it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What one unit of work took, by the clocks of the process that did it, and the first of its results. */
export interface Answer {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of all threads. */
  readonly cpu: number;
  readonly values: readonly number[];
  /** Why there are no values, of processes that go on after an error. */
  readonly error?: string | null;
}

export interface PeerProcess {
  /** The first line: what the process says of itself. */
  readonly hello: Readonly<Record<string, unknown>>;
  /** @param seconds within which it has to answer; else it is ended @throws Error when it does not, or ended before */
  ask(command: string, seconds?: number): Promise<Answer>;
  end(): void;
}

/**
 * @param seconds within which it says its first line; else it is ended
 * @throws Error with the end of what the process wrote when it ends before its first line
 */
export async function startPeer(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  seconds?: number,
): Promise<PeerProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  let errors = '';
  let late: string | null = null;
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  child.stdin.on('error', () => {}); // of a process that has ended, which `failed` tells
  const failed = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(late ?? `${command} ended with ${code ?? 'a signal'}: ${errors.trim()}`)),
    );
  });
  failed.catch(() => undefined); // it ends in any case, at last when it is told to
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (within?: number): Promise<unknown> => {
    const end = (): void => {
      late = `${command} gave no answer within ${Math.round(within ?? 0)} s`;
      child.kill('SIGKILL');
    };
    const timer = within === undefined ? undefined : setTimeout(end, 1000 * within);
    try {
      const line = await Promise.race([lines.next(), failed]);
      return line.done ? await failed : (JSON.parse(line.value) as unknown);
    } finally {
      clearTimeout(timer);
    }
  };
  const hello = (await next(seconds)) as Readonly<Record<string, unknown>>;
  return {
    hello,
    async ask(question, within) {
      child.stdin.write(`${question}\n`);
      return (await next(within)) as Answer;
    },
    end: () => child.stdin.write('end\n'),
  };
}

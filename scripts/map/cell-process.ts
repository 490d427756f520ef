/** A process that runs the studies of cells, one at a time, for processes.ts, which starts it and sends their settings. */
import { errorText } from '../../src/core/error-text.ts';
import { openEngine, runHeadless } from '../headless.ts';
import { threadsOf } from '../whole-number.ts';
import type { CellAnswer, CellRequest } from './processes.ts';

const [, , backend, threads] = process.argv;
const engine = await openEngine(backend, threadsOf(threads));

const answer = (message: CellAnswer): void => void process.send?.(message);

async function run({ config }: CellRequest): Promise<void> {
  try {
    answer({ result: await runHeadless(config, engine) });
  } catch (error) {
    answer({ error: errorText(error) });
  }
}

process.on('message', (request: CellRequest) => void run(request));
process.on('disconnect', () => process.exit(0));
answer({ ready: true });

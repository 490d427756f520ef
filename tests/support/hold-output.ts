/** A process that holds a file until its input ends, or with "once" only to say so. */
import { once } from 'node:events';
import { lockOutput } from '../../scripts/output-lock.ts';

const [, , file, only] = process.argv;
await lockOutput(file);
console.log('held');
if (only !== 'once') await once(process.stdin.resume(), 'end');
process.exit(0);

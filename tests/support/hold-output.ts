/** A process that holds a file until its input ends, or with "once" only to say so. */
import { lockOutput } from '../../scripts/output-lock.ts';

const [, , file, once] = process.argv;
await lockOutput(file);
console.log('held');
if (once === undefined) for await (const _ of process.stdin);
process.exit(0);

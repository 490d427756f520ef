/** Corrupts data sets of every kind and opens them: `node scripts/node-run.mjs scripts/fuzz-data.ts [inputs per reader] [seed] [reader]`. */
import { TARGETS, fuzz } from '../src/data/test-fuzz.ts';

const [inputs = 10_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const only = process.argv[4];
for (const name of Object.keys(TARGETS)) {
  if (only !== undefined && name !== only) continue;
  const start = performance.now();
  const { usable } = await fuzz(name, inputs, seed);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(`${name.padEnd(14)} ${inputs} inputs, ${usable} usable, ${seconds} s, ${memory} MB resident`);
}

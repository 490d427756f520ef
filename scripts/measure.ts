/**
 * `npm run measure -- [--seconds N] [--out FILE] [--only IDS] [--page]`: measures this machine by the protocol of "Measure this device", in Node (WebGPU by
 * Dawn), or with --page in the built page in Chromium. Writes a JSON file that the page opens and docs/devices/ collects.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openNodeDevice } from '../src/engine/node.ts';
import { measureDevice } from '../src/engine/measure/measure-device.ts';
import { nodePlace } from '../src/engine/measure/place-node.ts';
const { values } = parseArgs({ options: { seconds: { type: 'string' }, out: { type: 'string' } } });
const m = await measureDevice(
  { place: nodePlace, open: openNodeDevice },
  {
    budget: Number(values.seconds ?? 40),
    signal: new AbortController().signal,
    onProgress: (p) => console.error(p.share.toFixed(2), p.task, p.contender),
  },
);
const text = JSON.stringify(m, null, 2);
if (values.out) writeFileSync(values.out, text);
else console.log(text);
process.exit(0);

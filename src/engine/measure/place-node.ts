/** Where a measurement is made, in Node. */
import os from 'node:os';
import { installDawn } from '../dawn-node.ts';
import type { Place } from './measurement.ts';
import { gpuAdapterFacts } from './place.ts';

export async function nodePlace(): Promise<Place> {
  await installDawn();
  return {
    browser: `Node ${process.versions.node}`,
    system: `${os.type()} ${os.machine()}`,
    processor: os.cpus().at(0)?.model.trim() ?? '',
    cores: os.availableParallelism(),
    memory: Math.round(os.totalmem() / 2 ** 30),
    isolated: true,
    adapter: await gpuAdapterFacts(),
  };
}

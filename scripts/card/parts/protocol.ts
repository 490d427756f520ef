/** The protocol of "Measure this device", as the page runs it. */
import { measureDevice } from '../../../src/engine/measure/measure-device.ts';
import type { Measurement } from '../../../src/engine/measure/measurement.ts';
import { nodePlace } from '../../../src/engine/measure/place-node.ts';
import { openNodeDevice } from '../../../src/engine/node.ts';
import type { PartTime } from '../processes.ts';

/** Share of the time that the protocol is told: slow devices take somewhat more than they are told. */
const TOLD = 0.55;

export const measureProtocol = (time: PartTime, tell: (partial: Measurement) => void): Promise<Measurement> =>
  measureDevice(
    { place: nodePlace, open: openNodeDevice },
    {
      budget: Math.max(2, Math.floor(TOLD * time.left())),
      signal: new AbortController().signal,
      onProgress: () => {},
      onFound: tell,
    },
  );

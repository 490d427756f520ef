/** "Measure this device" in a browser's worker. */
import { openDevice } from '../engine/browser.ts';
import { measureDevice, type MeasureOptions } from '../engine/measure/measure-device.ts';
import type { Measurement } from '../engine/measure/measurement.ts';
import { browserPlace } from '../engine/measure/place.ts';

export const measureHere = (options: MeasureOptions): Promise<Measurement> =>
  measureDevice({ place: browserPlace, open: openDevice }, options);

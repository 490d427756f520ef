/** The words of the button that opens "Measure this device", in German. */
import type { MEASURE_BUTTON } from './messages.ts';

export const measureButton: typeof MEASURE_BUTTON = { open: 'Dieses Gerät messen' };

/** The words of the button that opens "Measure this device": apart from the panel's, which are loaded with it. */
import { catalogue } from '../../../core/language/catalogue.ts';

export const MEASURE_BUTTON = catalogue('measureButton', { open: 'Measure this device' });

/** The words of the button that opens "Measure this device": apart from the panel's, which are loaded with it. */
export const MEASURE_BUTTON = { open: 'Measure this device' };

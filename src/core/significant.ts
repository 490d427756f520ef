/** Six significant digits: more than any figure shows, in half the room of a float64 in JSON. */
export const significant = (value: number): number => Number(value.toPrecision(6));

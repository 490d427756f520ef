/** Marching squares: outlines of the region where a function on a grid is at or above a level. */

interface Samples {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** [rows][columns]; null where unknown. */
  readonly values: readonly (readonly (number | null)[])[];
}

type Place = readonly [number, number];

/**
 * Closed outlines of the region with values of at least `level` between known points, for the even-odd rule. The grid is framed by unknown points
 * at its own edges, so every outline closes.
 */
export function regionAbove({ x, y, values }: Samples, level: number): Place[][] {
  const columns = x.length + 2;
  const at = (list: readonly number[], i: number): number => list[Math.min(list.length - 1, Math.max(0, i - 1))];
  const value = (row: number, column: number): number | null => values[row - 1]?.[column - 1] ?? null;
  const isIn = (row: number, column: number): boolean => {
    const known = value(row, column);
    return known !== null && known >= level;
  };

  /** Where the outline crosses the edge between two neighbours, one inside and one outside. */
  const crossing = (r0: number, c0: number, r1: number, c1: number): Place => {
    const [a, b] = [value(r0, c0), value(r1, c1)];
    const share = a === null ? 1 : b === null ? 0 : Math.min(1, Math.max(0, (level - a) / (b - a)));
    const between = (from: number, to: number): number => from + share * (to - from);
    return [between(at(x, c0), at(x, c1)), between(at(y, r0), at(y, r1))];
  };

  /** Maps each edge to the next one through a cell, with the region on the left. Edges are numbered and carry their crossing point. */
  const next = new Map<number, number>();
  const places = new Map<number, Place>();
  for (let row = 0; row <= y.length; row++)
    for (let column = 0; column <= x.length; column++) {
      const corners = [
        [row, column],
        [row, column + 1],
        [row + 1, column + 1],
        [row + 1, column],
      ] as const;
      const inside = corners.map(([r, c]) => isIn(r, c));
      // Edges of a cell: top, right, bottom, left. Neighbouring cells use the same number for a shared edge.
      const edges = [
        2 * (row * columns + column),
        2 * (row * columns + column + 1) + 1,
        2 * ((row + 1) * columns + column),
        2 * (row * columns + column) + 1,
      ];
      const entries: number[] = [];
      const exits: number[] = [];
      corners.forEach((corner, i) => {
        const other = (i + 1) % 4;
        if (inside[i] === inside[other]) return;
        places.set(edges[i], crossing(...corner, ...corners[other]));
        (inside[i] ? exits : entries).push(i);
      });
      // For a saddle, the centre value decides whether the two inside corners are connected.
      const known = corners.map(([r, c]) => value(r, c));
      const middle = known.reduce<number>((sum, each) => sum + (each ?? -Infinity), 0) / 4;
      for (const entry of entries) {
        const isJoined = exits.length > 1 && middle >= level;
        const exit = exits.length === 1 ? exits[0] : exits.find((i) => i === (entry + (isJoined ? 3 : 1)) % 4)!;
        next.set(edges[entry], edges[exit]);
      }
    }

  const outlines: Place[][] = [];
  for (const start of next.keys()) {
    const outline: Place[] = [];
    for (let edge = start, after = next.get(edge); after !== undefined; edge = after, after = next.get(edge)) {
      outline.push(places.get(edge)!);
      next.delete(edge);
    }
    outlines.push(outline);
  }
  return outlines;
}

/** The plane through three vectors, with an orthonormal coordinate system. */
import { axpy, dot, norm } from '../../core/flat.ts';

/** Number of points that span a plane: three runs, or two runs and the zero adapter. */
export const SPANNING = 3;

/** The plane through three adapters, as an origin and two orthonormal directions; all vectors have the adapters' length. */
export interface Plane {
  /** The first point, at (0, 0). */
  readonly origin: Float32Array;
  /** Unit vector from the first point to the second. */
  readonly u: Float64Array;
  /** Unit vector orthogonal to u, towards the third point. */
  readonly v: Float64Array;
  /** Coordinates of the three points. */
  readonly corners: readonly (readonly [number, number])[];
}

/** Minimum distance of the third point from the line, relative to the distance of the first two. */
const FLAT = 1e-6;

function difference(a: Float32Array, b: Float32Array): Float64Array {
  const result = Float64Array.from(a);
  axpy(result, -1, b);
  return result;
}

const scale = (vector: Float64Array, factor: number): Float64Array => vector.map((value) => factor * value);

/** Gram–Schmidt on the edges from the first point. @throws RangeError when the points lie on a line or differ in length. */
export function planeThrough(first: Float32Array, second: Float32Array, third: Float32Array): Plane {
  const edge = difference(second, first);
  const width = norm(edge);
  const across = difference(third, first);
  const u = width > 0 ? scale(edge, 1 / width) : edge;
  const along = dot(across, u);
  axpy(across, -along, u);
  const height = norm(across);
  if (width === 0 || height < FLAT * width) throw new RangeError('The three points lie on a line: they span no plane.');
  return {
    origin: first,
    u,
    v: scale(across, 1 / height),
    corners: [
      [0, 0],
      [width, 0],
      [along, height],
    ],
  };
}

/** origin + x·u + y·v as an adapter. */
export function pointOn({ origin, u, v }: Plane, x: number, y: number): Float32Array {
  return origin.map((value, i) => value + x * u[i] + y * v[i]);
}

/** Where a plane comes nearest to an adapter: coordinates along its unit vectors. */
export interface NearestPoint {
  readonly x: number;
  readonly y: number;
  /** Distance from the plane. */
  readonly residual: number;
}

/** The nearest point of the plane. */
export function projectOn({ origin, u, v }: Plane, point: Float32Array): NearestPoint {
  const rest = difference(point, origin);
  const [x, y] = [dot(rest, u), dot(rest, v)];
  axpy(rest, -x, u);
  axpy(rest, -y, v);
  return { x, y, residual: norm(rest) };
}

/** Room around the points, as a share of the square's side. */
const MARGIN = 0.12;

/** `size` equally spaced positions per axis of a square grid that holds all points with room around them. */
export function gridAround(
  points: readonly { readonly x: number; readonly y: number }[],
  size: number,
): { xs: number[]; ys: number[] } {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const side = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) / (1 - 2 * MARGIN);
  const axis = (values: readonly number[]): number[] => {
    const centre = (Math.min(...values) + Math.max(...values)) / 2;
    return Array.from({ length: size }, (_, i) => centre + side * (i / (size - 1) - 0.5));
  };
  return { xs: axis(xs), ys: axis(ys) };
}

/** The forms of a layer norm and the product behind it: a dispatch each, or one for both. */
import { canNormalise } from '../kernels/matmul-norm.ts';
import { workgroupBytes } from '../kernels/matmul-products.ts';
import { tileName, type Tile } from '../kernels/tuning.ts';
import { apart, type Family, type Hardware } from './forms.ts';
import { PRODUCTS, type ProductProblem } from './product-forms.ts';

export interface NormedForm {
  readonly tile: Tile;
  /** Whether the tile normalises x itself. */
  readonly inside: boolean;
}

const INSIDE = 'normalises';
/** Forms for both that are tried for a site: every one is compiled. */
const MOST_INSIDE = 2;
const nameOf = ({ tile, inside }: NormedForm): string => (inside ? `${tileName(tile)}, ${INSIDE}` : tileName(tile));

const outside = (tile: Tile): NormedForm => ({ tile, inside: false });

function insideForms(hardware: Hardware, { variant }: ProductProblem, tiles: readonly Tile[]): NormedForm[] {
  return tiles
    .filter((tile) => canNormalise(tile, variant, hardware.workgroupBytes - workgroupBytes(tile)))
    .map((tile) => ({ tile, inside: true }));
}

export const NORMED_PRODUCTS: Family<ProductProblem, NormedForm> = {
  id: 'layer norm and product',
  siteOf: PRODUCTS.siteOf,
  nameOf,
  usual: (hardware, problem) => outside(PRODUCTS.usual(hardware, problem)),
  others(hardware, problem) {
    const usual = PRODUCTS.usual(hardware, problem);
    const tiles = PRODUCTS.others(hardware, problem);
    const inside = insideForms(hardware, problem, [usual, ...tiles]).slice(0, MOST_INSIDE);
    return apart(outside(usual), [...inside, ...tiles.map(outside)], nameOf);
  },
  every(hardware, problem) {
    const tiles = PRODUCTS.every?.(hardware, problem) ?? [];
    return [...tiles.map(outside), ...insideForms(hardware, problem, tiles)];
  },
  // Statistics are added up in another order.
  sameOrder: (problem, a, b) => !a.inside && !b.inside && PRODUCTS.sameOrder(problem, a.tile, b.tile),
};

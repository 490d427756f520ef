/** Tells the first row of a table that has no header: its images or numbers are data. */
import { isImage } from '../files/paths.ts';
import { looksLikeBase64Image } from './base64.ts';
import { stripsOf, type FileLookup } from './file-lookup.ts';
import type { RowOptions } from './rows.ts';

/** Rows with at least this many numbers are pixels. */
const MIN_NUMBERS = 64;

/**
 * A first row that names an image, holds one or is all numbers is not a header; consecutive numbers are one. The second row tells the column of the
 * images: a header may well have the class "1" where there is an image 1.png.
 */
export function isDataRow(lookup: FileLookup, folder: readonly string[]): RowOptions['isData'] {
  const isPlain = (cell: string): boolean =>
    looksLikeBase64Image(cell) || (cell.length < 1000 && isImage(cell.replace(/[?#].*$/, '').trim()));
  const isStem = (cell: string): boolean =>
    cell.length < 1000 &&
    /\d/.test(cell) &&
    stripsOf(cell).some((strip) => typeof lookup.find(cell, folder, strip) === 'number');
  const isImageCell = (cell: string): boolean => isPlain(cell) || isStem(cell);
  const imageColumn = (cells: readonly string[]): number => {
    const plain = cells.findIndex(isPlain);
    return plain >= 0 ? plain : cells.findIndex(isStem);
  };
  const isNumbers = (cells: readonly string[]): boolean =>
    cells.length >= MIN_NUMBERS &&
    cells.every((cell) => /^\d+(\.\d+)?$/.test(cell.trim())) &&
    !cells.every((cell, i) => Number(cell) === i + Number(cells[0]));
  return (cells, next) => {
    const column = next === null ? -1 : imageColumn(next);
    return (column < 0 ? cells.some(isImageCell) : isImageCell(cells[column] ?? '')) || isNumbers(cells);
  };
}

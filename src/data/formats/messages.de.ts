/** How files make up a data set, in German. */
import type { LAYOUT_WORDS } from './messages.ts';

export const layouts: typeof LAYOUT_WORDS = {
  classes: 'ein Ordner je Klasse',
  splits: 'Ordner für Teilmengen und Klassen',
  domains: 'zwei Ebenen von Ordnern, Klassen und Domänen',
  table: 'eine Tabelle von Bildern',
  webdataset: 'WebDataset-Beispiele',
  idx: 'IDX-Arrays (MNIST)',
  cifar: 'CIFAR-Batches',
  arrays: 'NumPy-Arrays',
  parquet: 'parquet-Zeilen',
};

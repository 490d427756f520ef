/** The charts on the page, so that a report can hold what the page shows without knowing which charts there are. */
import type { TableData } from './DataTable.tsx';
import type { BuildFigure } from './figure.ts';
import type { FigureHeight } from './figure-size.ts';

export interface FigureRecord {
  readonly element: Element;
  readonly title: string;
  readonly reading: string;
  readonly meta: string;
  readonly build: BuildFigure | null;
  readonly height: FigureHeight;
  readonly table: TableData;
}

const figures = new Set<() => FigureRecord | null>();

/** `record` is asked when a report is made; null while the chart is not on the page. Returns the way out. */
export function registerFigure(record: () => FigureRecord | null): () => void {
  figures.add(record);
  return () => void figures.delete(record);
}

/** In the order of the page. */
export function figuresOnPage(): FigureRecord[] {
  const found = [...figures].map((record) => record()).filter((record) => record !== null);
  return found.sort((a, b) =>
    a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

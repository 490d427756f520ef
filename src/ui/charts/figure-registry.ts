/** Registry of the charts of the result on the page, so that a report can include them without knowing which exist. */
import type { TableData } from './DataTable.tsx';
import type { BuildFigure } from './figure.ts';
import type { FigureHeight } from './figure-size.ts';

export interface FigureRecord {
  readonly element: Element;
  readonly title: string;
  readonly message: string;
  readonly reading: string;
  readonly meta: string;
  readonly build: BuildFigure | null;
  readonly height: FigureHeight;
  readonly table: TableData;
}

const figures = new Set<() => FigureRecord | null>();

/** `record` is called when a report is made; it returns null while the chart is not on the page. Returns the function that unregisters it. */
export function registerFigure(record: () => FigureRecord | null): () => void {
  figures.add(record);
  return () => void figures.delete(record);
}

/** In page order. */
export function figuresOnPage(): FigureRecord[] {
  const found = [...figures].map((record) => record()).filter((record) => record !== null);
  return found.sort((a, b) =>
    a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

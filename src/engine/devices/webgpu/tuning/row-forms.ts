/** The forms of layer norms and their gradients: how many threads a workgroup has. Those that share a row are the same, and so is every bit. */
import { ROW_THREADS, type Lanes } from '../kernels/row-lanes.ts';
import { sizeClass, type Family } from './forms.ts';

export interface RowProblem {
  readonly kernel: 'layer norm' | 'layer norm gradient';
  readonly rows: number;
  readonly cols: number;
  /** Threads that share a row. */
  readonly lanes: Lanes;
}

/** The likely first: nearest to the usual number. */
const THREADS = [128, 32, 256];

export const ROW_WORKGROUPS: Family<RowProblem, number> = {
  id: 'layer norm',
  siteOf: ({ kernel, rows, cols }) => `${kernel}, ${sizeClass(rows)} rows of ${cols}`,
  nameOf: (threads) => `${threads} threads`,
  usual: () => ROW_THREADS,
  others: ({ invocations }, { lanes }) => THREADS.filter((threads) => lanes <= threads && threads <= invocations),
  sameOrder: () => true,
};

/** Messages between the page and the data worker. One worker holds one data set. */
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { ReadingChoice } from '../formats/records.ts';
import type { DatasetPlan } from './plan.ts';
import type { PreparedImages } from './prepare.ts';
import type { DatasetSource } from './source.ts';

export type DataRequest =
  | {
      readonly type: 'open';
      readonly job: number;
      /** The job that opened the plan that the page has; null: it has none, or none of this worker's. */
      readonly plan: number | null;
      readonly source: DatasetSource;
      readonly choice: ReadingChoice;
    }
  | {
      readonly type: 'prepare';
      readonly job: number;
      /** The job that opened the plan whose images these are. */
      readonly plan: number;
      /** Positions in the list of images, ascending. */
      readonly records: readonly number[];
      /** How images become squares. */
      readonly geometry: ImageGeometry;
      /** Remove exact copies and look for near ones. */
      readonly unique: boolean;
    }
  | { readonly type: 'cancel'; readonly job: number }
  /** Answers a request to draw an SVG. */
  | { readonly type: 'drawn'; readonly drawing: number; readonly bitmap: ImageBitmap | null };

export type DataReply =
  | { readonly type: 'opened'; readonly job: number; readonly plan: DatasetPlan }
  | {
      readonly type: 'progress';
      readonly job: number;
      readonly done: number;
      readonly total: number;
      /** Why nothing is arriving at the moment. */
      readonly waiting: string | null;
    }
  | { readonly type: 'prepared'; readonly job: number; readonly images: PreparedImages }
  | { readonly type: 'failed'; readonly job: number; readonly message: string }
  /** Workers cannot draw SVG in any browser. The page draws it as an image, in which no script runs and nothing is loaded. */
  | { readonly type: 'draw'; readonly drawing: number; readonly svg: Blob; readonly side: number };

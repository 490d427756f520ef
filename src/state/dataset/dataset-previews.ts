/** Previews of a plan: the first images of its classes. */
import type { OpenedDataset } from '../../data/dataset/dataset-client.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { Previews } from './dataset-state.ts';

const PER_CLASS = 6;
/** Across all classes. */
const MAX_PREVIEWS = 240;
/** Maximum side in pixels: previews need less detail than training. */
const MAX_SIDE = 64;

/** Loads previews where possible; images that fail are reported during preparation. */
export async function loadPreviews(
  opened: Pick<OpenedDataset, 'prepare'>,
  plan: DatasetPlan,
  geometry: ImageGeometry,
  signal: AbortSignal,
  show: (previews: Previews) => void,
): Promise<void> {
  const shown = Math.min(plan.classes.length, MAX_PREVIEWS);
  const perClass = Math.max(1, Math.min(PER_CLASS, Math.floor(MAX_PREVIEWS / shown)));
  const { previewRecords } = await import('../../data/dataset/dataset.ts');
  const records = previewRecords({ ...plan, images: plan.images.filter(({ label }) => label < shown) }, perClass);
  const size = Math.min(MAX_SIDE, geometry.imageSize);
  const scale = size / geometry.imageSize;
  const small = { ...geometry, imageSize: size, resizeTo: Math.max(size, Math.round(geometry.resizeTo * scale)) };
  try {
    const { pixels, records: got } = await opened.prepare(records, size, false, { geometry: small, signal });
    const labelOf = new Map(plan.images.map(({ record, label }) => [record, label]));
    const ofClass = plan.classes.map((): Uint8Array[] => []);
    const stride = size * size * 3;
    got.forEach((record, i) => ofClass[labelOf.get(record) ?? 0]?.push(pixels.subarray(i * stride, (i + 1) * stride)));
    if (!signal.aborted) show({ size, ofClass });
  } catch {
    // aborted, or the worker failed: preparation reports why
  }
}

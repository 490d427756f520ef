/** Builds a report from what the page shows. */
import { spokenLocale } from '../../core/language/catalogue.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { opfsShelf } from '../../model/hub/opfs.ts';
import { reportHtml, type ReportFigure, type ReportOrigins } from '../../share/report/report-html.ts';
import type { StudyFile } from '../../share/study-file/study-file.ts';
import { neededPageFile } from '../../platform/page-file.ts';
import { backboneDigest } from '../../state/models/backbone-digest.ts';
import { classCounts } from '../../state/summary/class-counts.ts';
import { baselineStore } from '../../state/summary/glance.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { FigureRecord } from '../charts/figure-registry.ts';
import { drawSvg } from '../charts/picture/image.tsx';
import { glanceReport } from '../results/summary/glance-report.ts';

function pngAddress(png: Uint8Array): string {
  let text = '';
  for (const byte of png) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

/** What an appendix says of a result. A backbone or images that are not at hand are no reason to make no report. */
export async function originsOf(result: StudyResult, dataset: DroppedDataset | null): Promise<ReportOrigins> {
  const page = document.baseURI;
  const [weights, counts] = await Promise.all([
    backboneDigest(result.config.backbone, opfsShelf(), page).catch(() => []),
    classCounts(result, dataset, (file) => neededPageFile(`atlas/${file}`, page)).catch(() => null),
  ]);
  return { weights, counts };
}

/**
 * Always on white, because reports are printed.
 * @param drawn the charts of the result, in page order
 */
export function makeReport(
  result: StudyResult,
  origin: string,
  drawn: readonly FigureRecord[],
  thumbnails: StudyFile['thumbnails'],
  origins: ReportOrigins,
): string {
  const figures: ReportFigure[] = result.runs.length > 0 ? [glanceReport(result, baselineStore.getState().arm)] : [];
  for (const { title, message, reading, meta, build, height, table } of drawn) {
    if (!build) continue;
    figures.push({ title, message, reading, meta, table, svg: drawSvg({ build, height }) });
  }
  const pictures = thumbnails.map(({ label, png }) => ({ label, address: pngAddress(png) }));
  return reportHtml({ result, origin, origins, figures, language: spokenLocale(), thumbnails: pictures });
}

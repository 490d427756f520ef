/** Gathers what the page shows into a report. */
import { reportHtml, type ReportFigure } from '../../share/report/report-html.ts';
import type { StudyFile } from '../../share/study-file/study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { drawSvg } from '../charts/download.ts';
import { figuresOnPage } from '../charts/figure-registry.ts';
import { readTheme } from '../charts/theme.ts';

function pngAddress(png: Uint8Array): string {
  let text = '';
  for (const byte of png) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

/** On white whatever the page's theme, as reports are printed. */
export async function makeReport(
  result: StudyResult,
  origin: string,
  thumbnails: StudyFile['thumbnails'],
): Promise<string> {
  const theme = readTheme('light');
  const figures: ReportFigure[] = [];
  for (const { title, reading, meta, build, height, table } of figuresOnPage()) {
    if (!build) continue;
    figures.push({ title, reading, meta, table, svg: await drawSvg({ build, theme, title: '', height }) });
  }
  const pictures = thumbnails.map(({ label, png }) => ({ label, address: pngAddress(png) }));
  return reportHtml({ result, origin, figures, thumbnails: pictures });
}

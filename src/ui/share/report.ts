/** Builds a report from what the page shows. */
import { spokenLocale } from '../../core/language/catalogue.ts';
import { reportHtml, type ReportFigure } from '../../share/report/report-html.ts';
import type { StudyFile } from '../../share/study-file/study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { figuresOnPage } from '../charts/figure-registry.ts';
import { drawSvg } from '../charts/picture/image.tsx';
import { readTheme } from '../charts/theme.ts';

function pngAddress(png: Uint8Array): string {
  let text = '';
  for (const byte of png) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}

/** Always on white, because reports are printed. */
export function makeReport(result: StudyResult, origin: string, thumbnails: StudyFile['thumbnails']): string {
  const theme = readTheme('light');
  const figures: ReportFigure[] = [];
  for (const { title, message, reading, meta, build, height, table } of figuresOnPage()) {
    if (!build) continue;
    figures.push({ title, message, reading, meta, table, svg: drawSvg({ build, theme, title: '', height }) });
  }
  const pictures = thumbnails.map(({ label, png }) => ({ label, address: pngAddress(png) }));
  return reportHtml({ result, origin, figures, language: spokenLocale(), thumbnails: pictures });
}

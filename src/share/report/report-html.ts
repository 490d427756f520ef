/** A study as one self-contained web page: no scripts, fonts or pictures from elsewhere. Pure text in, text out. */
import { shownClass, shownClasses } from '../../data/bundled/shown-classes.ts';
import { inEnglish } from '../../core/language/catalogue.ts';
import { percent } from '../../core/number-format.ts';
import { counted } from '../../core/counted.ts';
import { markupText } from '../../core/markup.ts';
import { ADAMW } from '../../engine/engine.ts';
import type { OriginDigest } from '../../model/hub/manifest.ts';
import type { ArmConfig, StudyConfig } from '../../study/config/config.ts';
import { frozenLabel, frozenOf } from '../../study/result/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { configRows } from '../config/config-rows.ts';

const STATES: Readonly<Record<StudyResult['status'], string>> = {
  complete: 'complete',
  running: 'still running: what is done so far is shown',
  stopped: 'stopped early: what was done is shown',
};
const PRECISIONS = { f16: ', in half precision,', mixed: ', partly in half precision,' };

export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportFigure {
  readonly title: string;
  /** What the chart says in one sentence without numbers; may be empty. */
  readonly message: string;
  /** The numbers behind it. */
  readonly reading: string;
  /** Counts behind the numbers. */
  readonly meta: string;
  /** Trusted markup from our drawing code; null if there is nothing to draw. */
  readonly svg: string | null;
  readonly table: ReportTable;
  /** The table is what there is to see. Absent: it is folded away. */
  readonly isOpen?: boolean;
}

/** What an appendix says of the images and the backbone, as far as it is known. */
export interface ReportOrigins {
  /** SHA-256 of the backbone's weights; empty if unknown. */
  readonly weights: readonly OriginDigest[];
  /** Images of every class; null if they are not at hand. */
  readonly counts: readonly ClassCounts[] | null;
}

export interface ClassCounts {
  readonly name: string;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export interface Report {
  readonly result: StudyResult;
  /** One sentence on where the numbers come from. */
  readonly origin: string;
  /** As the page shows them. */
  readonly figures: readonly ReportFigure[];
  readonly origins: ReportOrigins;
  /** BCP 47: what the figures speak. */
  readonly language: string;
  /** data: URLs of PNG pictures. */
  readonly thumbnails: readonly { readonly label: string; readonly address: string }[];
}

const STYLE = `
:root{color-scheme:light;--ink:#1b1d21;--soft:#656a74;--line:#e6e3dd}
*{box-sizing:border-box}
body{max-width:960px;margin:0 auto;padding:32px 24px 64px;color:var(--ink);background:#fff;font:15px/1.55 system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{margin:0;font-size:26px}h2{margin:40px 0 6px;font-size:18px}h3{margin:20px 0 6px;font-size:15px}p{margin:6px 0}
.soft{color:var(--soft);font-size:13px}
figure{margin:0;break-inside:avoid}figure>svg{display:block;width:100%;height:auto}
details{margin:8px 0}summary{cursor:pointer;color:var(--soft);font-size:13px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:13px}
th,td{padding:3px 16px 3px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:500}thead th{color:var(--soft)}
.classes{display:flex;flex-wrap:wrap;gap:12px;margin:12px 0;padding:0;list-style:none;font-size:12px}
.classes li{max-width:96px;text-align:center;overflow-wrap:anywhere}
.classes img{display:block;width:64px;height:64px;margin:0 auto;image-rendering:pixelated}
@media print{details{display:none}body{padding:0}}
`;

const cells = (row: readonly string[], tag: 'td' | 'th'): string =>
  row
    .map((cell, i) =>
      i === 0 || tag === 'th'
        ? `<th scope="${tag === 'th' ? 'col' : 'row'}">${markupText(cell)}</th>`
        : `<td>${markupText(cell)}</td>`,
    )
    .join('');

const table = ({ head, rows }: ReportTable): string =>
  `<div class="scroll"><table>${head.length > 0 ? `<thead><tr>${cells(head, 'th')}</tr></thead>` : ''}<tbody>${rows
    .map((row) => `<tr>${cells(row, 'td')}</tr>`)
    .join('')}</tbody></table></div>`;

const tableOf = ({ isOpen, table: numbers }: ReportFigure): string =>
  isOpen
    ? table(numbers)
    : `<details><summary lang="en">Data table (${counted(numbers.rows.length, 'row')})</summary>${table(numbers)}</details>`;

const figure = (one: ReportFigure, language: string): string => {
  const { title, message, reading, meta, svg } = one;
  return `
<section${language === 'en' ? '' : ` lang="${markupText(language)}"`}><h2>${markupText(title)}</h2>
<figure>${svg ?? ''}<figcaption><p>${message ? `<strong>${markupText(message)}</strong> ` : ''}${markupText(reading)}</p><p class="soft">${markupText(meta)}</p></figcaption></figure>
${tableOf(one)}</section>`;
};

/** In English but for its figures. */
export const reportHtml = (report: Report): string => inEnglish(() => page(report));

/** Steps of the optimizer and their size, of all arms. */
function optimizerText({ training, arms }: StudyConfig): string {
  const { beta1, beta2, epsilon } = ADAMW;
  const each = (of: (arm: ArmConfig) => number): string => {
    const values = arms.map(of);
    return new Set(values).size === 1 ? String(values[0]) : arms.map((arm, i) => `${arm.name} ${values[i]}`).join(', ');
  };
  return [
    `AdamW, β₁ ${beta1}, β₂ ${beta2}, ε ${epsilon}`,
    `learning rate ${each((arm) => arm.learningRate)}`,
    `weight decay ${each((arm) => arm.weightDecay)}`,
    `${training.learningRateSchedule} schedule with ${counted(training.warmupSteps, 'warm-up step')}`,
    `${counted(training.steps, 'step')} of ${counted(training.batchSize, 'image')}`,
  ].join('; ');
}

/** What another would need to do the same. */
function appendix({ config, task, provenance }: StudyResult, { weights, counts }: ReportOrigins): string {
  const digests = [
    ['trained on and validated', task.trainDigest],
    ['tested', task.testDigest],
  ].flatMap(([what, digest]) => (digest === undefined ? [] : [`${what}: ${digest}`]));
  const rows = [
    // How adapters were trained that are evaluated is not known of all of them.
    ...(config.evaluated
      ? []
      : [
          ['Optimizer', optimizerText(config)],
          ['Seeds', config.seeds.join(', ')],
        ]),
    ['Backbone', [config.backbone, ...weights.map(({ file, sha256 }) => `${file} SHA-256 ${sha256}`)].join('; ')],
    ...(digests.length > 0 ? [['Digests of the images', digests.join('; ')]] : []),
    ['Device', `${provenance.backend}: ${provenance.device}`],
    ['Precision of the frozen weights', provenance.precision ?? 'f32'],
    ['Begun', provenance.date],
    ['Software', `CopRA Playground ${provenance.appVersion}`],
  ];
  const images = counts
    ? `<h3>Images of every class</h3>${table({
        head: ['Class', 'Training', 'Validation', 'Test'],
        rows: counts.map(({ name, train, validation, test }) => [name, ...[train, validation, test].map(String)]),
      })}`
    : '';
  return `<section><h2>Appendix</h2>${table({ head: [], rows })}${images}</section>`;
}

function page({ result, origin, figures, origins, language, thumbnails }: Report): string {
  const { config, task, provenance } = result;
  const rows = configRows(config);
  const frozen = frozenOf(task);
  const title = `CopRA study: ${task.name}`;
  const facts = [
    ['Classes', shownClasses(result).join(', ')],
    ['Images', `${task.train} training, ${task.validation} validation, ${task.test} test`],
    ['Chance', percent(task.chance)],
    [frozenLabel(task), frozen ? percent(frozen.accuracy) : 'not measured'],
    [
      'Computed',
      `${provenance.date} on ${provenance.device}${provenance.software ? ' (software)' : ''}${provenance.precision ? PRECISIONS[provenance.precision] : ''} in ${Math.round(provenance.seconds)} s`,
    ],
    ['State', STATES[result.status]],
    ['Made with', `CopRA Playground ${provenance.appVersion}`],
  ];
  const pictures = thumbnails
    .map(
      ({ label, address }) =>
        `<li><img src="${markupText(address)}" alt="">${markupText(shownClass(config.task, label))}</li>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${markupText(title)}</title><style>${STYLE}</style></head><body>
<h1>${markupText(title)}</h1><p class="soft">${markupText(origin)}</p>
${pictures ? `<ul class="classes">${pictures}</ul>` : ''}
${table({ head: [], rows: facts })}
${figures.map((one) => figure(one, language)).join('')}
<section><h2>Settings</h2>
${table({ head: ['Setting', 'Value'], rows: rows.study.map(({ label, value }) => [label, value]) })}
<h2>Arms</h2>
${table({ head: ['Setting', ...config.arms.map(({ name }) => name)], rows: rows.arms.map(({ label, values }) => [label, ...values]) })}
</section>
${appendix(result, origins)}
</body></html>
`;
}

import { afterEach, describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { reportHtml, type ReportFigure } from './report-html.ts';

afterEach(speakEnglish);

describe('the report', () => {
  const origins = {
    weights: [{ file: 'model.safetensors', sha256: 'ab'.repeat(32), confirmed: true }],
    counts: [{ name: 'cats', train: 40, validation: 8, test: 12 }],
  };
  const hostile = '<img src=x onerror="alert(1)">';
  const result = studyResultFixture({ classes: ['cats', hostile] });
  const [lora] = result.config.arms;
  const html = reportHtml({
    result: { ...result, config: { ...result.config, arms: [{ ...lora, name: `${hostile}&` }] } },
    origin: 'Computed here.',
    figures: [
      {
        title: 'Landscape',
        message: 'CopRA <keeps> more.',
        reading: `At <b>${hostile}`,
        meta: '400 images',
        svg: '<svg id="chart"></svg>',
        table: { head: ['Arm'], rows: [[hostile]] },
      },
      { title: 'Later', message: '', reading: '', meta: '', svg: null, table: { head: [], rows: [] } },
    ],
    origins,
    language: 'en',
    thumbnails: [{ label: hostile, address: 'data:image/png;base64,AAAA' }],
  });

  it('holds charts, tables, settings and where it comes from', () => {
    for (const part of [
      '<svg id="chart">',
      'Landscape',
      '400 images',
      'Warm-up steps',
      'Rescale by 1/p',
      'Computed here.',
      'data:image/png',
    ])
      expect(html).toContain(part);
  });

  it('has an appendix with what another would need to do the same', () => {
    for (const part of [
      'AdamW, β₁ 0.9, β₂ 0.999, ε 1e-8',
      'weight decay',
      `model.safetensors SHA-256 ${'ab'.repeat(32)}`,
      result.provenance.date,
      `CopRA Playground ${result.provenance.appVersion}`,
      '<th scope="row">cats</th><td>40</td><td>8</td><td>12</td>',
    ])
      expect(html).toContain(part);
    const bare = reportHtml({
      result,
      origin: '',
      figures: [],
      thumbnails: [],
      language: 'en',
      origins: { weights: [], counts: null },
    });
    expect(bare).not.toContain('Images of every class');
  });

  it('shows a table that is open, and folds others away', () => {
    const table = { head: ['Arm'], rows: [['open table']] };
    const one = { title: 'At a glance', message: '', reading: '', meta: '', svg: null, table };
    const shown = (figures: ReportFigure[]) =>
      reportHtml({ result, origin: '', origins, figures, thumbnails: [], language: 'en' });
    expect(shown([{ ...one, isOpen: true }])).not.toContain('<details>');
    expect(shown([one])).toContain('<details>');
  });

  it('tells a study that goes on from one that was stopped', () => {
    const stateOf = (status: StudyResult['status']) =>
      reportHtml({ result: { ...result, status }, origin: '', origins, figures: [], thumbnails: [], language: 'en' });
    expect(stateOf('running')).toContain('still running: what is done so far is shown');
    expect(stateOf('stopped')).toContain('stopped early');
    expect(stateOf('complete')).not.toMatch(/still running|stopped early/);
  });

  it('is English around figures that speak another language', () => {
    const report = { result, origin: '', origins, figures: [], thumbnails: [] };
    const english = reportHtml({ ...report, language: 'en' });
    speak('de', () => null);
    expect(reportHtml({ ...report, language: 'de' })).toBe(english);
    const table = { head: [], rows: [] };
    const figures = [{ title: 'Landschaft', message: '', reading: '', meta: '', svg: null, table }];
    expect(reportHtml({ ...report, figures, language: 'de' })).toContain('<section lang="de"><h2>Landschaft');
  });

  it('says the message first, in bold', () => {
    expect(html).toContain('<p><strong>CopRA &lt;keeps&gt; more.</strong> At ');
    expect(html).toContain('<figcaption><p></p>');
  });

  it('shows names as text, runs no script and loads nothing', () => {
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('<b>');
    expect(html).not.toMatch(/<script|<link|https?:/);
    expect(html).toContain("default-src 'none'");
  });
});

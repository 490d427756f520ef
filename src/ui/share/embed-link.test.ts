import { describe, expect, it } from 'vitest';
import type { Shown } from '../../state/study/shown.ts';
import { withImageCredit, withPathAnswers } from '../../../tests/fixtures/path-answers.ts';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { readJsonFile } from '../../../tests/support/files.ts';
import { encodeResultLink } from '../../share/link/result-link.ts';
import { linkTo, readLink } from '../../state/page/result-address.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { absence, EMBED_VIEWS, hasView } from '../embed/views.ts';
import { embedLink } from './embed-link.ts';

const PAGE = 'https://example.org/copra/?steps=3#results';
const plain = studyResultFixture();
const result = withImageCredit(withPathAnswers(withPredictions(plain)));

describe('the code of a frame', () => {
  it('offers the views that its link holds', () => {
    const { views, addressOf } = embedLink(result, PAGE);
    const address = new URL(addressOf('summary'));
    // Settings are in its fragment alone.
    expect([...address.searchParams.keys()]).toEqual(['embed']);
    expect(address.searchParams.getAll('embed')).toEqual(['summary']);
    const opened = readLink(address.hash);
    if (opened.kind !== 'result') throw new Error(opened.kind);
    expect(views).toEqual(EMBED_VIEWS.filter((view) => hasView(view, opened.result)));
    const ids = views.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['landscape', 'shapley', 'confusion']));
    for (const id of ['pictures', 'path-pictures', 'image-layers']) {
      expect(
        hasView(
          EMBED_VIEWS.find((view) => view.id === id)!,
          result,
        ),
      ).toBe(true);
      expect(ids).not.toContain(id);
    }
  });
});

describe('a frame without content', () => {
  const interactions = EMBED_VIEWS.find(({ id }) => id === 'interactions')!;
  const here = { source: 'live', lacks: [] } as const;
  const linked = (hash: string): Pick<Shown, 'source' | 'lacks'> => {
    const opened = readLink(hash);
    if (opened.kind !== 'result' && opened.kind !== 'damaged') throw new Error(opened.kind);
    return { source: 'link', lacks: opened.lacks };
  };

  it('says that the analysis was off where its link leaves out no figure', () => {
    const { address, leftOut } = linkTo(plain, PAGE);
    expect(leftOut.join()).toContain('loss curves in full detail');
    expect(absence(interactions, plain, linked(new URL(address).hash))).toMatch(
      /that analysis was off, or had not begun\.$/,
    );
  });

  it('says what figures its link leaves out, and no more', () => {
    const saved = readJsonFile('public/showcase/few-shots.json') as StudyResult;
    const { fragment, leftOut } = encodeResultLink(saved, 1930);
    expect(leftOut).toContain('the interactions and the sets of layers');
    const said = absence(interactions, saved, linked(`#${fragment}`));
    expect(said).toContain('or is left out. The link leaves out');
    expect(said).toContain('The link leaves out the interactions and the sets of layers.');
    expect(said).not.toMatch(/activation tape|loss curves in full|The link rounds/);
  });

  it('promises no single pictures of a task with more classes than answers are kept of', () => {
    const of = (classes: number) => ({ task: { ...plain.task, classes: Array.from({ length: classes }, String) } });
    for (const id of ['pictures', 'confusion']) {
      const view = EMBED_VIEWS.find((one) => one.id === id)!;
      expect(absence(view, of(257), here)).toMatch(/at most 256 classes\. This one has more/);
      expect(absence(view, of(256), here)).not.toContain('256');
    }
  });

  it.each([
    ['link', /the link had no room/],
    ['file', /what wrote the file left it out/],
    ['live', /^[^.]*\. Its study ended without computing this\.$/],
    ['saved', /^[^.]*\. The saved study leaves this out\.$/],
  ] as const)('says why a result from a %s may lack it', (source, why) => {
    for (const id of ['pictures', 'confusion', 'image-layers', 'path-pictures']) {
      const said = absence(
        EMBED_VIEWS.find((view) => view.id === id)!,
        plain,
        { source, lacks: [] },
      );
      expect(said).toMatch(why);
      expect(/link/.test(said)).toBe(source === 'link');
    }
  });

  it('says what did not arrive of a damaged link', () => {
    const { address } = linkTo(plain, PAGE);
    const said = absence(interactions, plain, linked(new URL(address).hash.slice(0, -40)));
    expect(said).toContain('or is left out');
    expect(said).toContain('missing: the loss curves');
  });
});

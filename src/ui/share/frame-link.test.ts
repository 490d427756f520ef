import { describe, expect, it } from 'vitest';
import { withImageCredit, withPathAnswers } from '../../../tests/fixtures/path-answers.ts';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { readLink } from '../../state/page/result-address.ts';
import { absence, EMBED_VIEWS, hasView } from '../embed/views.ts';
import { frameLink } from './frame-link.ts';

const PAGE = 'https://example.org/copra/?steps=3#results';
const result = withImageCredit(withPathAnswers(withPredictions(studyResultFixture())));

describe('the code of a frame', () => {
  it('offers the views that its link holds', () => {
    const { views, addressOf } = frameLink(result, PAGE);
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

it('a frame without content says what its link leaves out', () => {
  const view = EMBED_VIEWS.find(({ id }) => id === 'interactions')!;
  expect(absence(view, [])).toContain('was off, or had not begun');
  const said = absence(view, ['The link leaves out the interactions and the sets of layers.']);
  expect(said).toContain('or is left out');
  expect(said).toContain('The link leaves out the interactions');
});

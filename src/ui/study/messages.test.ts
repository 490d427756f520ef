import { expect, it } from 'vitest';
import { STUDY_WORDS } from './messages.ts';

it('a backbone that was left is told by its name and where it is', () => {
  expect(STUDY_WORDS.backbone.left('owner/vit')).toMatch(/^owner\/vit is under “Models on this device”/);
});
